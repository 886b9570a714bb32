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
    SIMPLE;

    /** Additional information of a head that has its argument in the octet after it; 25, 26 and 27 are for two, four and eight octets. */
    static final int ONE_OCTET_FOLLOWS = 24;

    private static final MajorType[] ALL = values();

    /** @param initial octet of an item, which has the number in its three high bits */
    static MajorType of(int initial) {
        return ALL[initial >> 5];
    }
}
