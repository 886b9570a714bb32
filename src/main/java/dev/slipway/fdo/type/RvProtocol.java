package dev.slipway.fdo.type;

import dev.slipway.failure.Failure.Malformed;
import dev.slipway.fdo.type.RendezvousInfo.Directive;
import java.util.List;

/**
 * How to speak to a rendezvous server, in the order of the numbers on the wire. They differ from those of
 * {@link RvTo2Addr.TransportProtocol}.
 *
 * @see "FIDO Device Onboard 1.1, RVProtocol"
 */
public enum RvProtocol {
    /** Whatever works, HTTPS first. */
    REST(Scheme.https, Scheme.http),
    HTTP(Scheme.http),
    HTTPS(Scheme.https),
    TCP,
    TLS,
    COAP_TCP,
    COAP_UDP;

    /** What of it a URL can say. */
    public enum Scheme {
        http(80),
        https(443);

        private final int port;

        Scheme(int port) {
            this.port = port;
        }

        /** The one that is meant where none is said. */
        public int port() {
            return port;
        }
    }

    private final List<Scheme> schemes;

    RvProtocol(Scheme... schemes) {
        this.schemes = List.of(schemes);
    }

    /** What a directive says, or what is meant where it says nothing: over TLS. */
    public static RvProtocol of(Directive directive) {
        return directive.value(RvVariable.PROTOCOL).map(value -> ofId(value.uint(255))).orElse(HTTPS);
    }

    static RvProtocol ofId(int id) {
        if (id >= values().length) {
            throw new Malformed("rendezvous protocol " + id + " is not known");
        }
        return values()[id];
    }

    public int id() {
        return ordinal();
    }

    /** The schemes to try, best first; none for what is not HTTP. */
    public List<Scheme> schemes() {
        return schemes;
    }
}
