package dev.slipway.bytes;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/** An immutable sequence of octets, with the value semantics that {@code byte[]} lacks. Comparison takes constant time. */
public final class Bytes {

    public static final Bytes EMPTY = new Bytes(new byte[0], 0, 0);

    private final byte[] array;
    private final int from;
    private final int length;

    private Bytes(byte[] array, int from, int length) {
        this.array = array;
        this.from = from;
        this.length = length;
    }

    /** Copies {@code octets}. */
    public static Bytes of(byte... octets) {
        return new Bytes(octets.clone(), 0, octets.length);
    }

    /** Takes {@code octets} without a copy: the caller must not change them any more. */
    public static Bytes owning(byte[] octets) {
        return new Bytes(octets, 0, octets.length);
    }

    /** @throws IllegalArgumentException if {@code hex} is not an even number of hex digits */
    public static Bytes fromHex(String hex) {
        return owning(HexFormat.of().parseHex(hex));
    }

    public static Bytes concat(Bytes... parts) {
        int total = 0;
        for (Bytes part : parts) {
            total = Math.addExact(total, part.length);
        }
        byte[] joined = new byte[total];
        int at = 0;
        for (Bytes part : parts) {
            System.arraycopy(part.array, part.from, joined, at, part.length);
            at += part.length;
        }
        return owning(joined);
    }

    public int length() {
        return length;
    }

    public boolean isEmpty() {
        return length == 0;
    }

    /** The octet at {@code index} as an unsigned number, 0 to 255. */
    public int at(int index) {
        return array[from + java.util.Objects.checkIndex(index, length)] & 0xff;
    }

    /** A view of the octets from {@code start} up to, not including, {@code end}; nothing is copied. */
    public Bytes slice(int start, int end) {
        java.util.Objects.checkFromToIndex(start, end, length);
        return new Bytes(array, from + start, end - start);
    }

    /** A fresh array. */
    public byte[] toArray() {
        return Arrays.copyOfRange(array, from, from + length);
    }

    /** Feeds the octets to a hash without copying them. */
    public void feed(MessageDigest digest) {
        digest.update(array, from, length);
    }

    /** Writes the octets without copying them first. */
    public void appendTo(ByteArrayOutputStream out) {
        out.write(array, from, length);
    }

    public String toHex() {
        return HexFormat.of().formatHex(array, from, from + length);
    }

    /** Takes the same time for every content of the same length, so it also serves MACs and nonces. */
    @Override
    public boolean equals(Object other) {
        if (!(other instanceof Bytes that) || length != that.length) {
            return false;
        }
        int difference = 0;
        for (int i = 0; i < length; i++) {
            difference |= array[from + i] ^ that.array[that.from + i];
        }
        return difference == 0;
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int i = from; i < from + length; i++) {
            hash = 31 * hash + array[i];
        }
        return hash;
    }

    @Override
    public String toString() {
        return toHex();
    }
}
