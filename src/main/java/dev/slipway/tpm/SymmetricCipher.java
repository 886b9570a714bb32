package dev.slipway.tpm;

import java.util.Optional;
import java.util.Set;

/**
 * TPMT_SYM_DEF_OBJECT: how a storage key encrypts its children, which is AES in CFB mode. Signing keys have none.
 *
 * <pre>algorithm u16; if it is not NULL: keyBits u16, mode u16</pre>
 */
public record SymmetricCipher(int keyBits) {

    private static final int NULL = 0x0010;
    private static final int AES = 0x0006;
    private static final int CFB = 0x0043;
    private static final Set<Integer> AES_BITS = Set.of(128, 192, 256);

    static Optional<SymmetricCipher> read(TpmReader reader) {
        int algorithm = reader.u16();
        if (algorithm == NULL) {
            return Optional.empty();
        }
        int keyBits = reader.u16();
        int mode = reader.u16();
        if (algorithm != AES || mode != CFB || !AES_BITS.contains(keyBits)) {
            throw reader.malformed("has a symmetric cipher that is not AES-CFB");
        }
        return Optional.of(new SymmetricCipher(keyBits));
    }
}
