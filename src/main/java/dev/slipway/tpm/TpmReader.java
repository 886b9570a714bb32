package dev.slipway.tpm;

import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure.Malformed;

/**
 * Walks once over a marshalled structure. What it gives out are views of the input: no length that the input only claims is ever allocated.
 *
 * @see "TPM 2.0 Library, Part 2, Structures: TPM2B types"
 */
final class TpmReader {

    private final String structure;
    private final Bytes bytes;
    private final boolean littleEndian;
    private int at;

    private TpmReader(String structure, Bytes bytes, boolean littleEndian) {
        this.structure = structure;
        this.bytes = bytes;
        this.littleEndian = littleEndian;
    }

    /** @param structure what is read, for the message when it is malformed */
    static TpmReader of(String structure, Bytes bytes) {
        return new TpmReader(structure, bytes, false);
    }

    /** Event logs are little-endian; everything that a TPM writes itself is big-endian. */
    static TpmReader littleEndian(String structure, Bytes bytes) {
        return new TpmReader(structure, bytes, true);
    }

    int u8() {
        return (int) number(1);
    }

    int u16() {
        return (int) number(2);
    }

    long u32() {
        return number(4);
    }

    /** All 64 bits; the sign is one of them. */
    long u64() {
        return number(8);
    }

    private long number(int octets) {
        Bytes number = take(octets);
        long value = 0;
        for (int i = 0; i < octets; i++) {
            value = value << 8 | number.at(littleEndian ? octets - 1 - i : i);
        }
        return value;
    }

    Bytes take(long octets) {
        if (octets > bytes.length() - at) {
            throw malformed("ends early");
        }
        at += (int) octets;
        return bytes.slice(at - (int) octets, at);
    }

    /** A TPM2B: a length in two octets, and as many octets. */
    Bytes sized(int maxOctets) {
        int length = u16();
        if (length > maxOctets) {
            throw malformed("has a field of " + length + " octets where " + maxOctets + " are the most");
        }
        return take(length);
    }

    Bytes rest() {
        return take(bytes.length() - at);
    }

    boolean atEnd() {
        return at == bytes.length();
    }

    /** @throws Malformed if octets are left */
    void end() {
        if (!atEnd()) {
            throw malformed("is followed by " + (bytes.length() - at) + " octets");
        }
    }

    Malformed malformed(String what) {
        return new Malformed(structure + " " + what);
    }
}
