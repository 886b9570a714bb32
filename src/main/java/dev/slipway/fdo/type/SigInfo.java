package dev.slipway.fdo.type;

import dev.slipway.bytes.Bytes;
import dev.slipway.cbor.CborItem;
import dev.slipway.cbor.CborWriter;
import dev.slipway.failure.Failure.Invalid;
import dev.slipway.failure.Failure.Malformed;
import java.util.List;
import java.util.Set;

/**
 * What a device says of its attestation key ({@code eASigInfo}). It is echoed and never used to verify: some devices state another
 * algorithm than the one they use.
 *
 * <pre>SigInfo = [ sgType: int, Info: bstr ]</pre>
 *
 * @see "FIDO Device Onboard 1.1, Device attestation signature information"
 */
public record SigInfo(int sgType, Bytes info) {

    private static final int MAX_INFO_OCTETS = 1024;
    /** ES256, ES384, PS256, PS384, RS256, RS384, EPID 1.0, 1.1 and 2.0. */
    private static final Set<Integer> KNOWN = Set.of(-7, -35, -37, -38, -257, -258, 90, 91, 92);

    public static SigInfo decode(CborItem item) {
        List<CborItem> parts = item.array(2);
        long sgType = parts.get(0).integer();
        Bytes info = parts.get(1).byteString();
        if (info.length() > MAX_INFO_OCTETS || sgType != (int) sgType) {
            throw new Malformed("signature info out of range");
        }
        return new SigInfo((int) sgType, info);
    }

    /** @throws Invalid if the type is none of the standard's */
    public void requireKnownType() {
        if (!KNOWN.contains(sgType)) {
            throw new Invalid("signature type " + sgType + " is not known");
        }
    }

    public Bytes encode() {
        return new CborWriter().array(2).integer(sgType).byteString(info).toBytes();
    }
}
