package dev.slipway.tpm;

import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure.Malformed;

/**
 * What a TPM knows an object by: a hash over its whole public area. Verdicts are about Names; a bare public key says nothing of where its
 * private half is.
 *
 * <pre>
 * Name(object)    = nameAlg u16 ‖ H(TPMT_PUBLIC)
 * Name(hierarchy) = its handle u32
 * </pre>
 *
 * @see "TPM 2.0 Library, Part 1, Names"
 */
public record Name(Bytes value) {

    /** The endorsement hierarchy, the parent of EKs and of keys made beside them. */
    public static final Name ENDORSEMENT = new Name(Bytes.fromHex("4000000b"));

    static final int MAX_OCTETS = 2 + TpmHash.MAX_OCTETS;
    private static final int HANDLE_OCTETS = 4;

    /** @throws Malformed if it is neither a handle nor a whole digest of a known hash */
    public static Name decode(Bytes value) {
        if (value.length() == HANDLE_OCTETS) {
            return new Name(value);
        }
        TpmReader reader = TpmReader.of("Name", value);
        TpmHash hash = TpmHash.ofId(reader.u16());
        reader.take(hash.octets());
        reader.end();
        return new Name(value);
    }

    static Name of(TpmHash nameAlg, Bytes publicArea) {
        return new Name(Bytes.concat(Marshal.u16(nameAlg.id()), nameAlg.digest(publicArea)));
    }

    /**
     * Where an object sits: the qualified name of a child of this one, which is a hierarchy or itself a qualified name.
     *
     * @param nameAlg the child's
     */
    public Name qualify(TpmHash nameAlg, Name child) {
        return new Name(Bytes.concat(Marshal.u16(nameAlg.id()), nameAlg.digest(value, child.value)));
    }

    @Override
    public String toString() {
        return value.toHex();
    }
}
