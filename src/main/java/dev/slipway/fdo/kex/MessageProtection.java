package dev.slipway.fdo.kex;

import dev.slipway.bytes.Bytes;
import dev.slipway.bytes.SecretBytes;
import dev.slipway.cbor.CborItem;
import dev.slipway.cose.CoseEncrypt0;
import dev.slipway.failure.Failure.Internal;
import dev.slipway.failure.Failure.Invalid;
import dev.slipway.fdo.type.RandomSource;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Puts whole messages into a COSE_Encrypt0 and takes them out (FIDO Device Onboard 1.1, Encrypted Messages). */
public final class MessageProtection {

    private static final int TAG_BITS = 128;

    private MessageProtection() {}

    /** Both directions use one key, so the IV is random for each message. */
    public static Bytes encrypt(SessionKeys keys, Bytes plaintext, RandomSource random) {
        Bytes protectedHeader = CoseEncrypt0.protectedHeader(keys.suite().id());
        Bytes iv = random.next(keys.suite().ivOctets());
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, keys, iv, protectedHeader);
            Bytes ciphertext = Bytes.owning(cipher.doFinal(plaintext.toArray()));
            return new CoseEncrypt0(protectedHeader, keys.suite().id(), iv, ciphertext).encode();
        } catch (GeneralSecurityException e) {
            throw new Internal("cannot encrypt with " + keys.suite(), e);
        }
    }

    /**
     * @throws dev.slipway.failure.Failure.Malformed if {@code message} is no COSE_Encrypt0
     * @throws Invalid if it names another cipher, or was not made with these keys
     */
    public static Bytes decrypt(SessionKeys keys, Bytes message) {
        CoseEncrypt0 encrypted = CoseEncrypt0.decode(CborItem.decode(message));
        if (encrypted.algorithm() != keys.suite().id() || encrypted.iv().length() != keys.suite().ivOctets()) {
            throw new Invalid("message is not encrypted with " + keys.suite());
        }
        try {
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, keys, encrypted.iv(), encrypted.protectedHeader());
            return Bytes.owning(cipher.doFinal(encrypted.ciphertext().toArray()));
        } catch (GeneralSecurityException e) {
            throw new Invalid("message does not decrypt; a client that strips leading zeros of the ECDH secret looks the same");
        }
    }

    private static Cipher cipher(int mode, SessionKeys keys, Bytes iv, Bytes protectedHeader) throws GeneralSecurityException {
        SecretBytes sevk = keys.sevk();
        byte[] raw = sevk.toArray();
        try {
            Cipher cipher = keys.suite().cipher();
            cipher.init(mode, new SecretKeySpec(raw, "AES"), new GCMParameterSpec(TAG_BITS, iv.toArray()));
            cipher.updateAAD(CoseEncrypt0.additionalData(protectedHeader).toArray());
            return cipher;
        } finally {
            Arrays.fill(raw, (byte) 0);
        }
    }
}
