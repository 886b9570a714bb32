package dev.slipway.tpm;

import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure.Malformed;

/**
 * A secret that only one TPM can open, and only while an object of one Name is loaded in it; as tpm2-tools store it.
 *
 * <pre>
 * BADCC0DE 00000001, TPM2B_ID_OBJECT, TPM2B_ENCRYPTED_SECRET
 * TPM2B_ID_OBJECT = size u16, integrityHMAC TPM2B, encIdentity (the rest)
 * </pre>
 *
 * @param encryptedSecret RSA: the OAEP ciphertext; ECC: the ephemeral point, x TPM2B and y TPM2B
 * @see "TPM 2.0 Library, Part 1, Credential Protection"
 */
public record CredentialBlob(Bytes integrityHmac, Bytes encIdentity, Bytes encryptedSecret) {

    private static final long MAGIC = 0xbadcc0deL;
    private static final long VERSION = 1;
    private static final int MAX_ID_OBJECT = 2 + TpmHash.MAX_OCTETS + 2 + TpmHash.MAX_OCTETS;
    private static final int MAX_SECRET = 512;

    /** @throws Malformed if it is not exactly one such file */
    public static CredentialBlob decode(Bytes bytes) {
        TpmReader reader = TpmReader.of("credential blob", bytes);
        if (reader.u32() != MAGIC || reader.u32() != VERSION) {
            throw reader.malformed("does not begin with BADCC0DE 00000001");
        }
        TpmReader idObject = TpmReader.of("TPM2B_ID_OBJECT", reader.sized(MAX_ID_OBJECT));
        Bytes encryptedSecret = reader.sized(MAX_SECRET);
        reader.end();
        return new CredentialBlob(idObject.sized(TpmHash.MAX_OCTETS), idObject.rest(), encryptedSecret);
    }

    public Bytes encode() {
        Bytes idObject = Bytes.concat(Marshal.sized(integrityHmac), encIdentity);
        return Bytes.concat(Marshal.u32(MAGIC), Marshal.u32(VERSION), Marshal.sized(idObject), Marshal.sized(encryptedSecret));
    }
}
