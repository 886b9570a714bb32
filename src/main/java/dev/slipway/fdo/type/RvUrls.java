package dev.slipway.fdo.type;

import dev.slipway.bytes.Bytes;
import dev.slipway.cbor.CborItem;
import dev.slipway.failure.Failure.Malformed;
import dev.slipway.fdo.type.RendezvousInfo.Directive;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Directives and owners' addresses as URLs, the name before the addresses. Somebody else wrote them: what stands for a host and cannot be one
 * is passed over.
 *
 * @see "FIDO Device Onboard 1.1, Rendezvous Info Processing"
 */
public final class RvUrls {

    private static final int MAX_DNS_OCTETS = 255;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*\\.?");
    private static final int IPV4_OCTETS = 4;

    private RvUrls() {}

    /**
     * The ways to the server that a directive names, best first; none where it names none, or one that does not speak HTTP.
     *
     * @param port {@link RvVariable#DEV_PORT} or {@link RvVariable#OWNER_PORT}, by who goes there
     * @throws Malformed if an instruction about it cannot be read
     */
    public static List<URI> of(Directive directive, RvVariable port) {
        Optional<Integer> stated = directive.value(port).map(value -> value.uint(65535));
        List<String> hosts = hosts(
                directive.value(RvVariable.DNS).map(value -> value.text(MAX_DNS_OCTETS)),
                directive.values(RvVariable.IP_ADDRESS).stream().map(CborItem::byteString));
        return RvProtocol.of(directive).schemes().stream()
                .flatMap(scheme -> hosts.stream().map(host -> url(scheme, host, stated.orElse(scheme.port()))))
                .toList();
    }

    /** The ways to an owner, the name first; none where it does not speak HTTP. */
    public static List<URI> of(RvTo2Addr.Entry entry) {
        return switch (entry.protocol()) {
            case HTTP -> urls(RvProtocol.Scheme.http, entry);
            case HTTPS -> urls(RvProtocol.Scheme.https, entry);
            case TCP, TLS, COAP, COAPS -> List.of();
        };
    }

    private static List<URI> urls(RvProtocol.Scheme scheme, RvTo2Addr.Entry entry) {
        int port = entry.port() == 0 ? scheme.port() : entry.port();
        return hosts(entry.dns(), entry.ip().stream()).stream().map(host -> url(scheme, host, port)).toList();
    }

    private static URI url(RvProtocol.Scheme scheme, String host, int port) {
        return URI.create(scheme.name() + "://" + host + ":" + port);
    }

    private static List<String> hosts(Optional<String> dns, Stream<Bytes> addresses) {
        return Stream.concat(dns.filter(NAME.asMatchPredicate()).stream(), addresses.map(RvUrls::host).flatMap(Optional::stream)).toList();
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
