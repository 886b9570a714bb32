package dev.slipway.fdo.serviceinfo;

import dev.slipway.bytes.Bytes;

/** Something to send that may be large: read in pieces, from wherever it is. */
public interface Content {

    long length();

    /** How much of it is in memory; what is read from disk is not. */
    default int octetsInMemory() {
        return 0;
    }

    /** Of the whole content, 48 octets. */
    Bytes sha384();

    /** Exactly {@code length} octets from {@code offset}. */
    Bytes read(long offset, int length);
}
