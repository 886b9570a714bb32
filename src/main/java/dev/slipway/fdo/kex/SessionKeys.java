package dev.slipway.fdo.kex;

import dev.slipway.bytes.Bytes;
import dev.slipway.bytes.SecretBytes;
import dev.slipway.fdo.type.HmacType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.crypto.Mac;

/**
 * The key that protects TO2 from SetupDevice on, in both directions.
 *
 * @param sevk session encryption and verification key
 * @see "FIDO Device Onboard 1.1, Key Derivation Function"
 */
public record SessionKeys(CipherSuite suite, SecretBytes sevk) {

    private static final Bytes LABEL_AND_CONTEXT = Bytes.concat(
            ascii("FIDO-KDF"), Bytes.of((byte) 0), ascii("AutomaticOnboardTunnel"));

    /** Derives the key, and wipes the secret it comes from. */
    public static SessionKeys derive(CipherSuite suite, SecretBytes sharedSecret) {
        try (sharedSecret) {
            return new SessionKeys(suite, counterMode(sharedSecret, suite.keyOctets()));
        }
    }

    /**
     * <pre>K(i) = HMAC(ShSe, [i] ‖ label ‖ 00 ‖ context ‖ [L])        i in one octet from 1, L in two, in bits</pre>
     *
     * The PRF follows the cipher suite: HMAC-SHA256 for all authenticated ciphers, whatever the curve.
     *
     * @see "NIST SP 800-108, KDF in Counter Mode"
     */
    private static SecretBytes counterMode(SecretBytes key, int octets) {
        int bits = octets * 8;
        Bytes length = Bytes.of((byte) (bits >> 8), (byte) bits);
        Mac prf = HmacType.HMAC_SHA256.newMac(key);
        byte[] output = new byte[octets];
        int filled = 0;
        for (int i = 1; filled < octets; i++) {
            byte[] block = prf.doFinal(Bytes.concat(Bytes.of((byte) i), LABEL_AND_CONTEXT, length).toArray());
            int taken = Math.min(block.length, octets - filled);
            System.arraycopy(block, 0, output, filled, taken);
            Arrays.fill(block, (byte) 0);
            filled += taken;
        }
        return SecretBytes.owning(output);
    }

    private static Bytes ascii(String text) {
        return Bytes.owning(text.getBytes(StandardCharsets.US_ASCII));
    }
}
