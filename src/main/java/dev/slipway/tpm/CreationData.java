package dev.slipway.tpm;

import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure.Malformed;

/**
 * Under what circumstances a TPM made an object.
 *
 * <pre>
 * TPMS_CREATION_DATA = pcrSelect TPML_PCR_SELECTION, pcrDigest TPM2B, locality u8, parentNameAlg u16, parentName TPM2B,
 *                      parentQualifiedName TPM2B, outsideInfo TPM2B
 * TPM2B_CREATION_DATA = size u16, TPMS_CREATION_DATA
 * </pre>
 *
 * @param bytes the TPMS_CREATION_DATA as received: the certified hash is over these
 * @param outsideInfo what the caller gave the TPM to put here
 * @see "TPM 2.0 Library, Part 2, TPMS_CREATION_DATA"
 */
public record CreationData(
        Bytes bytes, PcrSelection pcrSelect, Bytes pcrDigest, int locality, Name parentName, Name parentQualifiedName, Bytes outsideInfo) {

    private static final int MAX_OCTETS = 1024;
    private static final int MAX_OUTSIDE_INFO = 66;
    private static final int TPM_ALG_NULL = 0x0010;

    /** @throws Malformed if it is not exactly one TPM2B_CREATION_DATA */
    public static CreationData decodeSized(Bytes sized) {
        TpmReader outer = TpmReader.of("TPM2B_CREATION_DATA", sized);
        Bytes bytes = outer.sized(MAX_OCTETS);
        outer.end();
        TpmReader reader = TpmReader.of("TPMS_CREATION_DATA", bytes);
        PcrSelection pcrSelect = PcrSelection.read(reader);
        Bytes pcrDigest = reader.sized(TpmHash.MAX_OCTETS);
        int locality = reader.u8();
        int parentNameAlg = reader.u16();
        if (parentNameAlg != TPM_ALG_NULL) {
            TpmHash.ofId(parentNameAlg);
        }
        Name parentName = Name.decode(reader.sized(Name.MAX_OCTETS));
        Name parentQualifiedName = Name.decode(reader.sized(Name.MAX_OCTETS));
        Bytes outsideInfo = reader.sized(MAX_OUTSIDE_INFO);
        reader.end();
        return new CreationData(bytes, pcrSelect, pcrDigest, locality, parentName, parentQualifiedName, outsideInfo);
    }

    /** What a certification of creation holds: the hash with the nameAlg of the object. */
    public Bytes hash(TpmHash nameAlg) {
        return nameAlg.digest(bytes);
    }
}
