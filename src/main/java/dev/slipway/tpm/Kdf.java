package dev.slipway.tpm;

import dev.slipway.bytes.Bytes;
import dev.slipway.bytes.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.function.IntFunction;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key derivation functions of a TPM.
 *
 * @see "TPM 2.0 Library, Part 1, Key Derivation Function"
 */
public final class Kdf {

    private Kdf() {}

    /** <pre>KDFa: HMAC(key, i u32 ‖ label ‖ 00 ‖ contextU ‖ contextV ‖ bits u32) for i = 1, 2, …</pre> */
    public static SecretBytes kdfa(TpmHash hash, SecretBytes key, String label, Bytes contextU, Bytes contextV, int bits) {
        Mac mac = hmac(hash, key);
        Bytes fixed = Bytes.concat(zeroTerminated(label), contextU, contextV, Marshal.u32(bits));
        return blocks(bits, i -> mac.doFinal(Bytes.concat(Marshal.u32(i), fixed).toArray()));
    }

    /** <pre>KDFe: H(i u32 ‖ Z ‖ label ‖ 00 ‖ partyU ‖ partyV) for i = 1, 2, …</pre> */
    public static SecretBytes kdfe(TpmHash hash, SecretBytes z, String label, Bytes partyU, Bytes partyV, int bits) {
        MessageDigest digest = hash.newDigest();
        Bytes fixed = Bytes.concat(zeroTerminated(label), partyU, partyV);
        return blocks(bits, i -> {
            Marshal.u32(i).feed(digest);
            byte[] secret = z.toArray();
            digest.update(secret);
            Arrays.fill(secret, (byte) 0);
            fixed.feed(digest);
            return digest.digest();
        });
    }

    /** Keyed, with the HMAC of this hash. */
    public static Mac hmac(TpmHash hash, SecretBytes key) {
        String jcaName = "Hmac" + hash.jcaNameWithoutDash();
        byte[] raw = key.toArray();
        try {
            Mac mac = Mac.getInstance(jcaName);
            mac.init(new SecretKeySpec(raw, jcaName));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no " + jcaName + " in this JDK", e);
        } finally {
            Arrays.fill(raw, (byte) 0);
        }
    }

    /** A label as the functions want it, with its final zero. */
    public static Bytes zeroTerminated(String label) {
        return Bytes.owning((label + "\0").getBytes(StandardCharsets.US_ASCII));
    }

    private static SecretBytes blocks(int bits, IntFunction<byte[]> block) {
        byte[] output = new byte[bits / 8];
        int filled = 0;
        for (int i = 1; filled < output.length; i++) {
            byte[] next = block.apply(i);
            int taken = Math.min(next.length, output.length - filled);
            System.arraycopy(next, 0, output, filled, taken);
            Arrays.fill(next, (byte) 0);
            filled += taken;
        }
        return SecretBytes.owning(output);
    }
}
