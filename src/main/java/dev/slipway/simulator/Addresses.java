package dev.slipway.simulator;

import dev.slipway.bytes.Bytes;
import dev.slipway.cbor.CborItem;
import dev.slipway.fdo.type.RendezvousInfo;
import dev.slipway.fdo.type.RendezvousInfo.Directive;
import dev.slipway.fdo.type.RvTo2Addr;
import dev.slipway.fdo.type.RvTo2Addr.TransportProtocol;
import dev.slipway.fdo.type.RvVariable;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;

/** Reads where to go, as a device does. */
final class Addresses {

    private static final int RV_HTTPS = 2;
    private static final int MAX_DNS_OCTETS = 255;

    private Addresses() {}

    /** Rendezvous servers, in the order to try them. */
    static List<URI> of(RendezvousInfo rvInfo) {
        return rvInfo.directives().stream()
                .filter(directive -> !directive.has(RvVariable.OWNER_ONLY))
                .map(Addresses::url)
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<URI> url(Directive directive) {
        boolean https = directive.value(RvVariable.PROTOCOL).filter(protocol -> protocol.uint(255) == RV_HTTPS).isPresent();
        int port = directive.value(RvVariable.DEV_PORT).map(value -> value.uint(65535)).orElse(https ? 443 : 80);
        Optional<String> dns = directive.value(RvVariable.DNS).map(value -> value.text(MAX_DNS_OCTETS));
        return dns.or(() -> directive.value(RvVariable.IP_ADDRESS).map(CborItem::byteString).map(Addresses::host))
                .map(host -> url(https, host, port));
    }

    /** Where TO2 happens, in the order to try it. */
    static List<URI> of(RvTo2Addr addresses) {
        return addresses.entries().stream()
                .filter(entry -> entry.protocol() == TransportProtocol.HTTP || entry.protocol() == TransportProtocol.HTTPS)
                .map(entry -> url(
                        entry.protocol() == TransportProtocol.HTTPS,
                        entry.dns().orElseGet(() -> host(entry.ip().orElseThrow())),
                        entry.port()))
                .toList();
    }

    private static URI url(boolean https, String host, int port) {
        return URI.create((https ? "https://" : "http://") + host + ":" + port);
    }

    private static String host(Bytes ip) {
        try {
            InetAddress address = InetAddress.getByAddress(ip.toArray());
            return ip.length() == 4 ? address.getHostAddress() : "[" + address.getHostAddress() + "]";
        } catch (UnknownHostException e) {
            throw new CheckFailed("IP address of " + ip.length() + " octets");
        }
    }
}
