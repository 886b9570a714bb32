package dev.slipway.fdo.type;

import dev.slipway.bytes.Bytes;
import dev.slipway.cbor.CborItem;
import dev.slipway.cbor.CborWriter;
import dev.slipway.failure.Failure.Malformed;
import java.util.List;

/**
 * A hash with its algorithm.
 *
 * <pre>Hash = [ hashtype: int, hash: bstr ]</pre>
 *
 * @see "FIDO Device Onboard 1.1, Hash / HMac"
 */
public record Hash(HashType type, Bytes value) {

    public Hash {
        if (value.length() != type.octets()) {
            throw new Malformed(type + " hash of " + value.length() + " octets");
        }
    }

    public static Hash decode(CborItem item) {
        List<CborItem> parts = item.array(2);
        return new Hash(HashType.ofId(parts.get(0).integer()), parts.get(1).byteString());
    }

    public Bytes encode() {
        return new CborWriter().array(2).integer(type.id()).byteString(value).toBytes();
    }

    @Override
    public String toString() {
        return type + " " + value.toHex();
    }
}
