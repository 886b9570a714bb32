package dev.slipway.it;

import dev.slipway.bytes.Bytes;
import dev.slipway.cbor.CborItem;
import dev.slipway.cbor.CborWriter;
import dev.slipway.cose.CoseSign1;
import java.security.PrivateKey;
import java.util.List;

/** Signatures as a client makes them that drops the leading zeros of r and s, and with them the border between the two. */
final class ShortSignatures {

    private ShortSignatures() {}

    /** Signs until so many octets are missing: one of 128 signatures lacks one, one of 20,000 lacks two. */
    static Bytes of(PrivateKey key, Bytes payload, int fieldOctets, int missing) {
        for (int i = 0; i < 2_000_000; i++) {
            List<CborItem> parts = CborItem.decode(CoseSign1.sign(key, payload).encoded()).tagged(18).array(4);
            Bytes signature = parts.get(3).byteString();
            Bytes shortened = Bytes.concat(
                    stripped(signature.slice(0, fieldOctets)), stripped(signature.slice(fieldOctets, 2 * fieldOctets)));
            if (shortened.length() == 2 * fieldOctets - missing) {
                return new CborWriter().tag(18).array(4).raw(parts.get(0).bytes()).raw(parts.get(1).bytes()).raw(parts.get(2).bytes())
                        .byteString(shortened)
                        .toBytes();
            }
        }
        throw new AssertionError("no signature lacks " + missing + " octets");
    }

    private static Bytes stripped(Bytes number) {
        int zeros = 0;
        while (number.at(zeros) == 0) {
            zeros++;
        }
        return number.slice(zeros, number.length());
    }
}
