package dev.slipway.keystore;

import dev.slipway.bytes.Bytes;
import dev.slipway.bytes.SecretBytes;
import dev.slipway.failure.Failure.Internal;
import dev.slipway.fdo.type.RandomSource;
import dev.slipway.ignition.ticket.ConfigSeal;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256-GCM under the key in {@code config-seal.p12}.
 *
 * <pre>sealed = nonce (12 octets) ‖ ciphertext ‖ tag (16 octets)</pre>
 *
 * <p>Each context has a key of its own, HMAC-SHA-256 of the context: random nonces under one key would last for 2³² configs only, and what
 * is sealed for one context opens in no other.
 */
public final class FileConfigSeal implements ConfigSeal {

    private static final String NAME = "config-seal";
    private static final int NONCE_OCTETS = 12;
    private static final int TAG_BITS = 128;

    private final SecretKey key;
    private final RandomSource random;

    private FileConfigSeal(SecretKey key, RandomSource random) {
        this.key = key;
        this.random = random;
    }

    public static FileConfigSeal of(KeyFolder folder, RandomSource random) {
        return new FileConfigSeal(folder.secret(NAME), random);
    }

    @Override
    public Bytes seal(SecretBytes clear, Bytes context) {
        Bytes nonce = random.next(NONCE_OCTETS);
        byte[] octets = clear.toArray();
        try {
            return Bytes.concat(nonce, Bytes.owning(cipher(Cipher.ENCRYPT_MODE, context, nonce).doFinal(octets)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java cannot encrypt with AES-GCM", e);
        } finally {
            Arrays.fill(octets, (byte) 0);
        }
    }

    @Override
    public SecretBytes open(Bytes sealed, Bytes context) {
        try {
            Bytes nonce = sealed.slice(0, NONCE_OCTETS);
            byte[] ciphertext = sealed.slice(NONCE_OCTETS, sealed.length()).toArray();
            return SecretBytes.owning(cipher(Cipher.DECRYPT_MODE, context, nonce).doFinal(ciphertext));
        } catch (GeneralSecurityException | IndexOutOfBoundsException e) {
            throw new Internal("a stored config does not open under keys/" + NAME + ".p12; restore that file from a backup", e);
        }
    }

    private Cipher cipher(int mode, Bytes context, Bytes nonce) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(key);
        SecretKey own = new SecretKeySpec(mac.doFinal(context.toArray()), "AES");
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, own, new GCMParameterSpec(TAG_BITS, nonce.toArray()));
        return cipher;
    }
}
