package dev.slipway.attestation;

import dev.slipway.bytes.Bytes;
import dev.slipway.tpm.CredentialBlob;
import dev.slipway.tpm.Name;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.MGF1ParameterSpec;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;

/** What TPM2_ActivateCredential does, for EKs with SHA-256 and AES-128; written on its own, for a P-256 or RSA-2048 key in software. */
public final class SoftTpm {

    private SoftTpm() {}

    /** The secret; empty if the blob was made for another EK or another Name. */
    public static Optional<Bytes> activate(KeyPair ek, Name object, CredentialBlob blob) {
        try {
            byte[] seed = ek.getPublic() instanceof ECPublicKey ec ? eccSeed(ek, ec, blob.encryptedSecret().toArray()) : rsaSeed(ek, blob);
            byte[] macKey = hmac(seed, bytes(1), ascii("INTEGRITY\0"), bytes(256));
            byte[] encIdentity = blob.encIdentity().toArray();
            byte[] name = object.value().toArray();
            if (!MessageDigest.isEqual(hmac(macKey, encIdentity, name), blob.integrityHmac().toArray())) {
                return Optional.empty();
            }
            byte[] symKey = Arrays.copyOf(hmac(seed, bytes(1), ascii("STORAGE\0"), name, bytes(128)), 16);
            Cipher cipher = Cipher.getInstance("AES/CFB/NoPadding");
            cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(symKey, "AES"), new IvParameterSpec(new byte[16]));
            byte[] identity = cipher.doFinal(encIdentity);
            int length = ByteBuffer.wrap(identity).getShort();
            return Optional.of(Bytes.owning(identity).slice(2, 2 + length));
        } catch (BadPaddingException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] rsaSeed(KeyPair ek, CredentialBlob blob) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
        PSource label = new PSource.PSpecified(ascii("IDENTITY\0"));
        cipher.init(Cipher.DECRYPT_MODE, ek.getPrivate(), new OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, label));
        return cipher.doFinal(blob.encryptedSecret().toArray());
    }

    /** The ephemeral point: 0020 x 0020 y. */
    private static byte[] eccSeed(KeyPair ek, ECPublicKey own, byte[] point) throws GeneralSecurityException {
        byte[] x = Arrays.copyOfRange(point, 2, 34);
        ECPoint ephemeral = new ECPoint(new BigInteger(1, x), new BigInteger(1, Arrays.copyOfRange(point, 36, 68)));
        KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
        agreement.init(ek.getPrivate());
        agreement.doPhase(KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(ephemeral, own.getParams())), true);
        byte[] ownX = Bytes.fromHex("%064x".formatted(own.getW().getAffineX())).toArray();
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (byte[] part : new byte[][] {bytes(1), agreement.generateSecret(), ascii("IDENTITY\0"), x, ownX}) {
            digest.update(part);
        }
        return digest.digest();
    }

    private static byte[] hmac(byte[] key, byte[]... parts) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        for (byte[] part : parts) {
            mac.update(part);
        }
        return mac.doFinal();
    }

    private static byte[] bytes(int number) {
        return ByteBuffer.allocate(4).putInt(number).array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
