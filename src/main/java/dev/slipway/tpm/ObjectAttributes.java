package dev.slipway.tpm;

import dev.slipway.failure.Failure.Malformed;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * TPMA_OBJECT: what a key may be used for, and where it may be. These are claims, until the Name they are part of was proven to a TPM.
 *
 * @see "TPM 2.0 Library, Part 2, TPMA_OBJECT"
 */
public record ObjectAttributes(long bits) {

    /** The defined bits; the last two of the low ones came with library revision 1.83. */
    public enum Attribute {
        FIXED_TPM(1, "fixedTPM"),
        ST_CLEAR(2, "stClear"),
        FIXED_PARENT(4, "fixedParent"),
        SENSITIVE_DATA_ORIGIN(5, "sensitiveDataOrigin"),
        USER_WITH_AUTH(6, "userWithAuth"),
        ADMIN_WITH_POLICY(7, "adminWithPolicy"),
        FIRMWARE_LIMITED(8, "firmwareLimited"),
        SVN_LIMITED(9, "svnLimited"),
        NO_DA(10, "noDA"),
        ENCRYPTED_DUPLICATION(11, "encryptedDuplication"),
        RESTRICTED(16, "restricted"),
        DECRYPT(17, "decrypt"),
        SIGN(18, "sign"),
        X509_SIGN(19, "x509sign");

        private final long mask;
        private final String word;

        Attribute(int bit, String word) {
            this.mask = 1L << bit;
            this.word = word;
        }

        @Override
        public String toString() {
            return word;
        }
    }

    private static final long DEFINED = Arrays.stream(Attribute.values()).mapToLong(attribute -> attribute.mask).reduce(0, (a, b) -> a | b);

    /** @throws Malformed if a bit is set that no revision defines */
    static ObjectAttributes of(long bits) {
        if ((bits & ~DEFINED) != 0) {
            throw new Malformed("object attributes 0x%08x have undefined bits".formatted(bits));
        }
        return new ObjectAttributes(bits);
    }

    public boolean has(Attribute attribute) {
        return (bits & attribute.mask) != 0;
    }

    /** {@code fixedTPM|sign}, as tools write it. */
    @Override
    public String toString() {
        return Arrays.stream(Attribute.values()).filter(this::has).map(Attribute::toString).collect(Collectors.joining("|"));
    }
}
