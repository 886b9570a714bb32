package dev.slipway.cbor;

/** The eight kinds of CBOR item, in the order of their numbers (RFC 8949, Specification of the CBOR Encoding, Major Types). */
enum MajorType {
    UNSIGNED,
    NEGATIVE,
    BYTES,
    TEXT,
    ARRAY,
    MAP,
    TAG,
    SIMPLE
}
