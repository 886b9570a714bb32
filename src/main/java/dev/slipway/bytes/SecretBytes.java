package dev.slipway.bytes;

import java.security.MessageDigest;
import java.util.Arrays;

/**
 * Octets that must not be seen: a session key, an HMAC secret, a rendered config with secrets in it.
 *
 * <p>{@code toString} shows the length only, there is no {@code equals} that could end a comparison early, and {@link #close} wipes.
 */
public final class SecretBytes implements AutoCloseable {

    private final byte[] array;

    private SecretBytes(byte[] array) {
        this.array = array;
    }

    /** Takes {@code octets} without a copy: the caller must not use them any more. */
    public static SecretBytes owning(byte[] octets) {
        return new SecretBytes(octets);
    }

    public int length() {
        return array.length;
    }

    /** A fresh array, which the caller wipes after use. */
    public byte[] toArray() {
        return array.clone();
    }

    /** A copy of the octets from {@code start} up to, not including, {@code end}. */
    public Bytes slice(int start, int end) {
        return Bytes.owning(Arrays.copyOfRange(array, start, end));
    }

    public boolean constantTimeEquals(SecretBytes other) {
        return MessageDigest.isEqual(array, other.array);
    }

    @Override
    public void close() {
        Arrays.fill(array, (byte) 0);
    }

    @Override
    public String toString() {
        return "SecretBytes[" + array.length + " octets]";
    }
}
