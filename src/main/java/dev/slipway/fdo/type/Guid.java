package dev.slipway.fdo.type;

import dev.slipway.bytes.Bytes;
import dev.slipway.cbor.CborItem;

/** Identifies a device until its next onboarding: 16 octets of any value (FIDO Device Onboard 1.1, GUID). */
public record Guid(Bytes value) {

    public static final int OCTETS = 16;

    public Guid {
        if (value.length() != OCTETS) {
            throw new IllegalArgumentException("a GUID has 16 octets");
        }
    }

    public static Guid random(RandomSource random) {
        return new Guid(random.next(OCTETS));
    }

    public static Guid decode(CborItem item) {
        return new Guid(item.byteString(OCTETS));
    }

    /** @throws IllegalArgumentException if {@code text} is not 32 hex digits, with or without dashes */
    public static Guid parse(String text) {
        return new Guid(Bytes.fromHex(text.replace("-", "")));
    }

    public boolean isZero() {
        return value.equals(Bytes.owning(new byte[OCTETS]));
    }

    /** The usual text form, {@code 8-4-4-4-12} hex digits. */
    @Override
    public String toString() {
        String hex = value.toHex();
        return String.join("-", hex.substring(0, 8), hex.substring(8, 12), hex.substring(12, 16), hex.substring(16, 20), hex.substring(20));
    }
}
