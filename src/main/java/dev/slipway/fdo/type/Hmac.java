package dev.slipway.fdo.type;

import dev.slipway.bytes.Bytes;
import dev.slipway.cbor.CborItem;
import dev.slipway.cbor.CborWriter;
import dev.slipway.failure.Failure.Malformed;
import java.util.List;

/**
 * A message authentication code with its algorithm.
 *
 * <pre>HMac = [ hashtype: int, hash: bstr ]</pre>
 *
 * @see "FIDO Device Onboard 1.1, Hash / HMac"
 */
public record Hmac(HmacType type, Bytes value) {

    public Hmac {
        if (value.length() != type.hashType().octets()) {
            throw new Malformed(type + " of " + value.length() + " octets");
        }
    }

    public static Hmac decode(CborItem item) {
        List<CborItem> parts = item.array(2);
        return new Hmac(HmacType.ofId(parts.get(0).integer()), parts.get(1).byteString());
    }

    public Bytes encode() {
        return new CborWriter().array(2).integer(type.id()).byteString(value).toBytes();
    }
}
