package dev.slipway.attestation;

import dev.slipway.bytes.Bytes;
import dev.slipway.bytes.SecretBytes;
import dev.slipway.failure.Failure.Internal;
import dev.slipway.fdo.type.RandomSource;
import dev.slipway.tpm.CredentialBlob;
import dev.slipway.tpm.Kdf;
import dev.slipway.tpm.Marshal;
import dev.slipway.tpm.Name;
import dev.slipway.tpm.TpmEccCurve;
import dev.slipway.tpm.TpmHash;
import dev.slipway.tpm.TpmKey;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECPoint;
import java.security.spec.MGF1ParameterSpec;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts a secret so that only the TPM with a given EK opens it, and only while an object of a given Name is loaded in it. Whoever then
 * knows the secret has shown that both are in one TPM. A credential serves one purpose only: the TPM opens any for whoever asks.
 *
 * @see "TPM 2.0 Library, Part 1, Credential Protection; Secret Sharing"
 */
public final class MakeCredential {

    private static final String IDENTITY = "IDENTITY";
    private static final int AES_BLOCK_OCTETS = 16;

    private final RandomSource random;

    public MakeCredential(RandomSource random) {
        this.random = random;
    }

    /**
     * @param object Name of the key that has to be loaded, computed here from its public area
     * @param credential at most as long as a digest of the EK's nameAlg
     */
    public CredentialBlob make(EndorsementKey ek, Name object, SecretBytes credential) {
        if (credential.length() > hash(ek).octets()) {
            throw new IllegalArgumentException("a credential of " + credential.length() + " octets for an EK of " + hash(ek));
        }
        return switch (ek.publicArea().key()) {
            case TpmKey.Rsa rsa -> toRsa(ek, rsa, object, credential);
            case TpmKey.Ecc ecc -> toEcc(ek, ecc, ephemeral(ecc.curve()), object, credential);
        };
    }

    private CredentialBlob toRsa(EndorsementKey ek, TpmKey.Rsa key, Name object, SecretBytes credential) {
        try (SecretBytes seed = SecretBytes.owning(random.next(hash(ek).octets()).toArray())) {
            // spec: the seed is encrypted to the EK with OAEP, whose label is IDENTITY
            return protect(ek, object, credential, seed, oaep(hash(ek), key.publicKey(), seed));
        }
    }

    private Bytes oaep(TpmHash hash, PublicKey key, SecretBytes seed) {
        byte[] plain = seed.toArray();
        try {
            Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
            PSource label = new PSource.PSpecified(Kdf.zeroTerminated(IDENTITY).toArray());
            // The JDK's default for MGF1 is SHA-1, whatever the hash.
            OAEPParameterSpec parameters = new OAEPParameterSpec(hash.jcaName(), "MGF1", new MGF1ParameterSpec(hash.jcaName()), label);
            cipher.init(Cipher.ENCRYPT_MODE, key, parameters, new SourceRandom(random));
            return Bytes.owning(cipher.doFinal(plain));
        } catch (GeneralSecurityException e) {
            throw new Internal("cannot encrypt to an RSA EK", e);
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    private static KeyPair ephemeral(TpmEccCurve curve) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(curve.parameters());
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new Internal("cannot make an ephemeral key", e);
        }
    }

    static CredentialBlob toEcc(EndorsementKey ek, TpmKey.Ecc key, KeyPair ephemeral, Name object, SecretBytes credential) {
        ECPoint point = ((ECPublicKey) ephemeral.getPublic()).getW();
        Bytes x = key.curve().padded(point.getAffineX());
        Bytes y = key.curve().padded(point.getAffineY());
        // spec: the seed comes of ECDH with an ephemeral key, bound to both public keys
        try (SecretBytes z = agree(ephemeral, key.publicKey());
                SecretBytes seed = Kdf.kdfe(hash(ek), z, IDENTITY, x, key.x(), 8 * hash(ek).octets())) {
            return protect(ek, object, credential, seed, Bytes.concat(Marshal.sized(x), Marshal.sized(y)));
        }
    }

    private static SecretBytes agree(KeyPair ephemeral, PublicKey ek) {
        try {
            KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
            agreement.init(ephemeral.getPrivate());
            agreement.doPhase(ek, true);
            return SecretBytes.owning(agreement.generateSecret());
        } catch (GeneralSecurityException e) {
            throw new Internal("cannot agree on a key with an ECC EK", e);
        }
    }

    private static CredentialBlob protect(EndorsementKey ek, Name object, SecretBytes credential, SecretBytes seed, Bytes encryptedSecret) {
        TpmHash hash = hash(ek);
        // spec: the Name is part of the key that encrypts, and of what the MAC is over
        try (SecretBytes symKey = Kdf.kdfa(hash, seed, "STORAGE", object.value(), Bytes.EMPTY, ek.symmetricKeyBits());
                SecretBytes macKey = Kdf.kdfa(hash, seed, "INTEGRITY", Bytes.EMPTY, Bytes.EMPTY, 8 * hash.octets())) {
            Bytes encIdentity = encrypt(symKey, credential);
            Bytes integrity = Bytes.owning(Kdf.hmac(hash, macKey).doFinal(Bytes.concat(encIdentity, object.value()).toArray()));
            return new CredentialBlob(integrity, encIdentity, encryptedSecret);
        }
    }

    /** AES in CFB mode with an IV of zeros: each key is used once. */
    private static Bytes encrypt(SecretBytes key, SecretBytes credential) {
        byte[] rawKey = key.toArray();
        byte[] plain = credential.toArray();
        try {
            Cipher cipher = Cipher.getInstance("AES/CFB/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(rawKey, "AES"), new IvParameterSpec(new byte[AES_BLOCK_OCTETS]));
            byte[] size = cipher.update(Marshal.u16(plain.length).toArray());
            byte[] rest = cipher.doFinal(plain);
            return Bytes.concat(Bytes.owning(size == null ? new byte[0] : size), Bytes.owning(rest));
        } catch (GeneralSecurityException e) {
            throw new Internal("cannot encrypt a credential", e);
        } finally {
            Arrays.fill(rawKey, (byte) 0);
            Arrays.fill(plain, (byte) 0);
        }
    }

    private static TpmHash hash(EndorsementKey ek) {
        return ek.publicArea().nameAlg();
    }

    /** Lets JCA draw from the source that everything else draws from. */
    private static final class SourceRandom extends SecureRandom {

        private final transient RandomSource source;

        private SourceRandom(RandomSource source) {
            this.source = source;
        }

        @Override
        public void nextBytes(byte[] octets) {
            byte[] next = source.next(octets.length).toArray();
            System.arraycopy(next, 0, octets, 0, octets.length);
        }
    }
}
