package dev.slipway.tpm;

import dev.slipway.bytes.Bytes;

/** Writes what a TPM reads: big-endian numbers and sized fields. */
public final class Marshal {

    private static final int MAX_SIZED = 0xffff;

    private Marshal() {}

    public static Bytes u16(int value) {
        return Bytes.of((byte) (value >> 8), (byte) value);
    }

    public static Bytes u32(long value) {
        return Bytes.of((byte) (value >> 24), (byte) (value >> 16), (byte) (value >> 8), (byte) value);
    }

    /** A TPM2B: the length in two octets, then the octets. */
    public static Bytes sized(Bytes content) {
        if (content.length() > MAX_SIZED) {
            throw new IllegalArgumentException("a TPM2B holds " + MAX_SIZED + " octets, not " + content.length());
        }
        return Bytes.concat(u16(content.length()), content);
    }
}
