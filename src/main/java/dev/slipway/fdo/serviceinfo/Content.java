package dev.slipway.fdo.serviceinfo;

import dev.slipway.bytes.Bytes;

/** Something to send that may be large: read in pieces, from wherever it is. */
public interface Content {

    long length();

    /** Of the whole content, 48 octets. */
    Bytes sha384();

    /** Exactly {@code length} octets from {@code offset}. */
    Bytes read(long offset, int length);
}
