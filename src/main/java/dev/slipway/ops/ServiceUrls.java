package dev.slipway.ops;

import dev.slipway.bytes.Bytes;
import dev.slipway.cbor.CborWriter;
import dev.slipway.fdo.rendezvous.RendezvousServer;
import dev.slipway.fdo.type.RendezvousInfo.Directive;
import dev.slipway.fdo.type.RendezvousInfo.Instruction;
import dev.slipway.fdo.type.RendezvousInfo;
import dev.slipway.fdo.type.RvProtocol;
import dev.slipway.fdo.type.RvTo2Addr.TransportProtocol;
import dev.slipway.fdo.type.RvTo2Addr;
import dev.slipway.fdo.type.RvVariable;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The URLs that devices are told, in the two forms of the standard. */
final class ServiceUrls {

    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Set<String> LOCAL_HOSTS = Set.of("localhost", "127.0.0.1");
    /** A client has a buffer of 80 octets for it. */
    private static final int MAX_DNS_CHARACTERS = 79;

    private final List<URI> own;
    private final RendezvousInfo rendezvous;
    private final RvTo2Addr owner;

    ServiceUrls(SlipwayConfig config) {
        this.own = checked("slipway.public-url", List.of(config.publicUrl()));
        this.rendezvous = config.rendezvous()
                .directives()
                .map(RvInfoSettings::rendezvousInfo)
                .orElseGet(() -> rendezvousInfo(checked("slipway.rendezvous.urls", config.rendezvous().urls().orElse(own))));
        this.owner = config.owner()
                .addresses()
                .map(RvInfoSettings::addresses)
                .orElseGet(() -> addresses(checked("slipway.owner.urls", config.owner().urls().orElse(own))));
    }

    private static List<URI> checked(String setting, List<URI> urls) {
        for (URI url : urls) {
            boolean usable = url.getHost() != null
                    && ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
                    && url.getHost().length() <= MAX_DNS_CHARACTERS
                    && !url.getHost().startsWith("[")
                    && (url.getPath().isEmpty() || url.getPath().equals("/"));
            if (!usable) {
                throw new StartException(setting + ": '" + url + "' is not http(s)://HOST[:PORT] with a DNS name or an IPv4 address; "
                        + "devices cannot be told anything else (default: slipway.public-url)");
            }
        }
        return urls;
    }

    /** Where devices look for their owner. */
    RendezvousInfo rendezvousInfo() {
        return rendezvous;
    }

    /** One directive for each URL: host, both ports, protocol. */
    private static RendezvousInfo rendezvousInfo(List<URI> urls) {
        return RendezvousInfo.of(urls.stream().map(ServiceUrls::directive).toList());
    }

    private static Directive directive(URI url) {
        List<Instruction> instructions = new ArrayList<>();
        ipv4(url).ifPresentOrElse(
                ip -> instructions.add(Instruction.of(RvVariable.IP_ADDRESS, new CborWriter().byteString(ip))),
                () -> instructions.add(Instruction.of(RvVariable.DNS, new CborWriter().text(url.getHost()))));
        instructions.add(Instruction.of(RvVariable.DEV_PORT, new CborWriter().integer(port(url))));
        instructions.add(Instruction.of(RvVariable.OWNER_PORT, new CborWriter().integer(port(url))));
        instructions.add(Instruction.of(RvVariable.PROTOCOL, new CborWriter().integer((isHttps(url) ? RvProtocol.HTTPS : RvProtocol.HTTP).id())));
        return new Directive(List.copyOf(instructions));
    }

    /** Where devices fetch their configs, by HTTPS unless it never leaves this machine: the address of the service, without a path. */
    static URI ignition(SlipwayConfig config, int tlsPort) {
        URI url = config.ignition().url().orElseGet(() -> isHttps(config.publicUrl())
                ? config.publicUrl()
                : URI.create("https://" + config.publicUrl().getHost() + ":" + tlsPort));
        checked("slipway.ignition.url", List.of(url));
        if (!isHttps(url) && !LOCAL_HOSTS.contains(url.getHost())) {
            throw new StartException("slipway.ignition.url: '" + url + "' is plain HTTP, over which everybody could read configs; make it https://…");
        }
        return url;
    }

    /** What a rendezvous service here is known by. */
    Set<URI> own() {
        return RendezvousServer.of(rendezvousInfo(own)).stream()
                .map(RendezvousServer::name)
                .collect(Collectors.toSet());
    }

    /** Where TO2 happens. */
    RvTo2Addr ownerAddresses() {
        return owner;
    }

    private static RvTo2Addr addresses(List<URI> urls) {
        return new RvTo2Addr(urls.stream()
                .map(url -> new RvTo2Addr.Entry(
                        ipv4(url),
                        ipv4(url).isPresent() ? Optional.empty() : Optional.of(url.getHost()),
                        port(url),
                        isHttps(url) ? TransportProtocol.HTTPS : TransportProtocol.HTTP))
                .toList());
    }

    private static boolean isHttps(URI url) {
        return "https".equals(url.getScheme());
    }

    private static int port(URI url) {
        int standard = isHttps(url) ? 443 : 80;
        return url.getPort() < 0 ? standard : url.getPort();
    }

    private static Optional<Bytes> ipv4(URI url) {
        if (!IPV4.matcher(url.getHost()).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Bytes.owning(InetAddress.getByName(url.getHost()).getAddress()));
        } catch (UnknownHostException e) {
            throw new StartException("'" + url.getHost() + "' is not an IPv4 address");
        }
    }
}
