package dev.slipway.fdo.rendezvous;

import dev.slipway.bytes.Bytes;
import dev.slipway.cbor.CborItem;
import dev.slipway.failure.Failure.Malformed;
import dev.slipway.fdo.type.RendezvousInfo.Directive;
import dev.slipway.fdo.type.RendezvousInfo;
import dev.slipway.fdo.type.RvProtocol;
import dev.slipway.fdo.type.RvVariable;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A rendezvous server as an owner sees it.
 *
 * @param urls the ways to reach it, best first; at least one. The first is what it is known by
 * @see "FIDO Device Onboard 1.1, Rendezvous Info Processing"
 */
public record RendezvousServer(List<URI> urls) {

    private static final int MAX_DNS_OCTETS = 255;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*\\.?");
    private static final int IPV4_OCTETS = 4;

    public URI name() {
        return urls.get(0);
    }

    /**
     * All servers that a voucher names, each once. A device may ask any of them, so an owner registers with all. Directives for devices
     * only, those that bypass rendezvous, those without an address or with a transport other than HTTP, and those that cannot be read name
     * none.
     */
    public static List<RendezvousServer> of(RendezvousInfo rvInfo) {
        Map<URI, RendezvousServer> servers = new LinkedHashMap<>();
        for (Directive directive : rvInfo.directives()) {
            if (!directive.has(RvVariable.DEV_ONLY) && !directive.has(RvVariable.BYPASS)) {
                List<URI> urls = readableUrls(directive);
                if (!urls.isEmpty()) {
                    servers.putIfAbsent(urls.get(0), new RendezvousServer(urls));
                }
            }
        }
        return List.copyOf(servers.values());
    }

    /** Somebody else wrote the directive: what stands for a name there may be anything. */
    private static List<URI> readableUrls(Directive directive) {
        try {
            return urls(directive);
        } catch (Malformed e) {
            return List.of();
        }
    }

    private static List<URI> urls(Directive directive) {
        List<String> hosts = new ArrayList<>();
        directive.value(RvVariable.DNS).map(value -> value.text(MAX_DNS_OCTETS)).filter(NAME.asMatchPredicate()).ifPresent(hosts::add);
        directive.values(RvVariable.IP_ADDRESS).stream()
                .map(CborItem::byteString)
                .map(RendezvousServer::host)
                .flatMap(Optional::stream)
                .forEach(hosts::add);
        Optional<Integer> port = directive.value(RvVariable.OWNER_PORT).map(value -> value.uint(65535));
        return RvProtocol.of(directive).schemes().stream()
                .flatMap(scheme -> hosts.stream().map(host -> URI.create(scheme.name() + "://" + host + ":" + port.orElse(scheme.port()))))
                .toList();
    }

    private static Optional<String> host(Bytes ip) {
        try {
            InetAddress address = InetAddress.getByAddress(ip.toArray());
            // An IPv4 address in 16 octets is one here, too.
            boolean ipv4 = address.getAddress().length == IPV4_OCTETS;
            return Optional.of(ipv4 ? address.getHostAddress() : "[" + address.getHostAddress() + "]");
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}
