package dev.slipway.fdo.type;

import dev.slipway.bytes.Bytes;
import dev.slipway.cbor.CborItem;

/** 16 random octets that make an exchange fresh (FIDO Device Onboard 1.1, Nonce). Named where used by the standard's name for it. */
public record Nonce(Bytes value) {

    public static final int OCTETS = 16;

    public Nonce {
        if (value.length() != OCTETS) {
            throw new IllegalArgumentException("a nonce has 16 octets");
        }
    }

    public static Nonce random(RandomSource random) {
        return new Nonce(random.next(OCTETS));
    }

    public static Nonce decode(CborItem item) {
        return new Nonce(item.byteString(OCTETS));
    }
}
