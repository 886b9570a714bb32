package dev.slipway.fdo.type;

import dev.slipway.bytes.Bytes;
import dev.slipway.cbor.CborItem;
import dev.slipway.cbor.CborWriter;
import dev.slipway.failure.Failure.Malformed;
import dev.slipway.failure.Failure.Malformed.Part;
import java.util.List;
import java.util.Optional;

/**
 * Where TO2 happens, as the owner told the rendezvous server.
 *
 * <pre>
 * RVTO2Addr      = [ + RVTO2AddrEntry ]
 * RVTO2AddrEntry = [ RVIP: bstr / null, RVDNS: tstr / null, RVPort: uint16, RVProtocol: uint8 ]
 * </pre>
 *
 * @see "FIDO Device Onboard 1.1, RVTO2Addr"
 */
public record RvTo2Addr(List<Entry> entries) {

    private static final int MAX_ENTRIES = 64;
    private static final int MAX_DNS_OCTETS = 255;

    /** How to speak to the owner. The numbers differ from those of {@link RvVariable#PROTOCOL}. */
    public enum TransportProtocol {
        TCP,
        TLS,
        HTTP,
        COAP,
        HTTPS,
        COAPS;

        public int id() {
            return ordinal() + 1;
        }
    }

    /**
     * One address; at least one of {@code ip} and {@code dns} is there.
     *
     * @param ip 4 or 16 octets
     */
    public record Entry(Optional<Bytes> ip, Optional<String> dns, int port, TransportProtocol protocol) {

        public Entry {
            if (ip.isEmpty() && dns.isEmpty()) {
                throw new Malformed(Part.ADDRESS, "TO2 address with neither IP nor DNS name");
            }
            if (ip.filter(octets -> octets.length() != 4 && octets.length() != 16).isPresent()) {
                throw new Malformed(Part.ADDRESS, "IP address of neither 4 nor 16 octets");
            }
        }

        private static Entry decode(CborItem item) {
            List<CborItem> parts = item.array(4);
            int protocol = parts.get(3).uint(255);
            if (protocol < 1 || protocol > TransportProtocol.values().length) {
                throw new Malformed(Part.ADDRESS, "transport protocol " + protocol + " is not known");
            }
            return new Entry(
                    parts.get(0).nullable(CborItem::byteString),
                    parts.get(1).nullable(dns -> dns.text(MAX_DNS_OCTETS)),
                    parts.get(2).uint(65535),
                    TransportProtocol.values()[protocol - 1]);
        }
    }

    public static RvTo2Addr decode(CborItem item) {
        return new RvTo2Addr(item.array(1, MAX_ENTRIES).stream().map(Entry::decode).toList());
    }

    public Bytes encode() {
        CborWriter writer = new CborWriter().array(entries.size());
        for (Entry entry : entries) {
            writer.array(4);
            entry.ip().ifPresentOrElse(writer::byteString, writer::nul);
            entry.dns().ifPresentOrElse(writer::text, writer::nul);
            writer.integer(entry.port()).integer(entry.protocol().id());
        }
        return writer.toBytes();
    }
}
