package dev.slipway.simulator;

import dev.slipway.attestation.EkTemplate;
import dev.slipway.bytes.Bytes;
import dev.slipway.bytes.SecretBytes;
import dev.slipway.fdo.type.KeyType;
import dev.slipway.fdo.type.RandomSource;
import dev.slipway.tpm.CredentialBlob;
import dev.slipway.tpm.Kdf;
import dev.slipway.tpm.Marshal;
import dev.slipway.tpm.Name;
import dev.slipway.tpm.Pcr;
import dev.slipway.tpm.PcrSelection;
import dev.slipway.tpm.TpmEccCurve;
import dev.slipway.tpm.TpmHash;
import dev.slipway.tpm.TpmsAttest;
import dev.slipway.tpm.TpmtPublic;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * As much of a TPM as a device needs that enrols and boots: an EK, an AK, and registers. It is for load: what real TPMs do is judged with
 * real ones.
 */
public final class VirtualTpm {

    private static final TpmEccCurve CURVE = TpmEccCurve.TPM_ECC_NIST_P256;
    private static final TpmHash HASH = TpmHash.TPM_ALG_SHA256;
    /** fixedTPM, fixedParent, sensitiveDataOrigin, userWithAuth, sign; and restricted for an AK. */
    private static final long DEVICE_KEY = 0x00040072;
    private static final long AK = 0x00050072;
    private static final int TYPE_CERTIFY = 0x8017;
    private static final int SELECT_OCTETS = 3;
    private static final int AES_OCTETS = 16;
    private static final int SERIAL_OCTETS = 16;

    private final DeviceKey ekKey = DeviceKey.generate(KeyType.SECP256R1);
    private final DeviceKey akKey = DeviceKey.generate(KeyType.SECP256R1);
    private final TpmtPublic ek = EkTemplate.publicArea(ekKey.publicKey()).orElseThrow();
    private final TpmtPublic ak = signingKey(akKey.publicKey(), AK);
    private final TpmtPublic deviceKey;
    private final Bytes ekCertificate;
    private long resetCount;
    private long clock;

    /** @param device a P-256 key, which this TPM says is in it */
    public VirtualTpm(VirtualVendor vendor, DeviceKey device, RandomSource random) {
        deviceKey = signingKey(device.publicKey(), DEVICE_KEY);
        ekCertificate = vendor.certify(ekKey.publicKey(), random.next(SERIAL_OCTETS));
    }

    /** What the TPM attests to. */
    record Attested(Bytes attest, Bytes signature) {}

    TpmtPublic ek() {
        return ek;
    }

    Bytes ekCertificate() {
        return ekCertificate;
    }

    TpmtPublic ak() {
        return ak;
    }

    TpmtPublic deviceKey() {
        return deviceKey;
    }

    void reset() {
        resetCount++;
        clock++;
    }

    private static TpmtPublic signingKey(PublicKey key, long attributes) {
        ECPoint point = ((ECPublicKey) key).getW();
        return TpmtPublic.decode(Bytes.concat(
                Bytes.fromHex("0023000b"), Marshal.u32(attributes), Bytes.fromHex("0000" + "0010" + "0018000b" + "0003" + "0010"),
                Marshal.sized(CURVE.padded(point.getAffineX())), Marshal.sized(CURVE.padded(point.getAffineY()))));
    }

    /**
     * TPM2_Quote by the AK.
     *
     * @param selection of the SHA-256 bank
     */
    Attested quote(MeasuredBoot boot, PcrSelection selection, Bytes nonce) {
        byte[] select = new byte[SELECT_OCTETS];
        selection.pcrs().forEach(pcr -> select[pcr.index() / 8] |= (byte) (1 << pcr.index() % 8));
        Bytes list = Bytes.concat(Marshal.u32(1), Marshal.u16(HASH.id()), Bytes.of((byte) SELECT_OCTETS), Bytes.owning(select));
        return attest(TpmsAttest.Quote.TYPE, nonce, Bytes.concat(list, Marshal.sized(HASH.digest(values(boot, selection)))));
    }

    static Bytes values(MeasuredBoot boot, PcrSelection selection) {
        return Bytes.concat(selection.pcrs().stream().map(Pcr::index).map(boot::pcr).toArray(Bytes[]::new));
    }

    /** TPM2_Certify of the device key by the AK. */
    Attested certifyDeviceKey(Bytes qualifyingData) {
        Name name = deviceKey.name();
        Bytes qualified = Name.ENDORSEMENT.qualify(HASH, name).value();
        return attest(TYPE_CERTIFY, qualifyingData, Bytes.concat(Marshal.sized(name.value()), Marshal.sized(qualified)));
    }

    private Attested attest(int type, Bytes extraData, Bytes attested) {
        Bytes attest = Bytes.concat(
                Marshal.u32(TpmsAttest.TPM_GENERATED_VALUE), Marshal.u16(type), Marshal.sized(Name.ENDORSEMENT.qualify(HASH, ak.name()).value()),
                Marshal.sized(extraData), Marshal.u32(0), Marshal.u32(clock), Marshal.u32(resetCount), Marshal.u32(0), Bytes.of((byte) 1),
                Bytes.owning(new byte[8]), attested);
        return new Attested(attest, sign(attest));
    }

    private Bytes sign(Bytes message) {
        try {
            Signature signer = Signature.getInstance("SHA256withECDSAinP1363Format");
            signer.initSign(akKey.privateKey());
            signer.update(message.toArray());
            Bytes both = Bytes.owning(signer.sign());
            int half = both.length() / 2;
            return Bytes.concat(Bytes.fromHex("0018000b"), Marshal.sized(both.slice(0, half)), Marshal.sized(both.slice(half, both.length())));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot sign", e);
        }
    }

    /**
     * TPM2_ActivateCredential.
     *
     * @param object the key that the credential is to be for
     * @return the secret
     */
    SecretBytes activate(TpmtPublic object, Bytes credential) {
        CredentialBlob blob = CredentialBlob.decode(credential);
        Bytes name = object.name().value();
        try (SecretBytes seed = seed(blob.encryptedSecret());
                SecretBytes macKey = Kdf.kdfa(HASH, seed, "INTEGRITY", Bytes.EMPTY, Bytes.EMPTY, 8 * HASH.octets());
                SecretBytes symKey = Kdf.kdfa(HASH, seed, "STORAGE", name, Bytes.EMPTY, 8 * AES_OCTETS)) {
            byte[] mac = Kdf.hmac(HASH, macKey).doFinal(Bytes.concat(blob.encIdentity(), name).toArray());
            CheckFailed.require(MessageDigest.isEqual(mac, blob.integrityHmac().toArray()), "a credential for another TPM or another key");
            Cipher cipher = Cipher.getInstance("AES/CFB/NoPadding");
            cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(symKey.toArray(), "AES"), new IvParameterSpec(new byte[AES_OCTETS]));
            byte[] identity = cipher.doFinal(blob.encIdentity().toArray());
            return SecretBytes.owning(Arrays.copyOfRange(identity, 2, identity.length));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot open a credential", e);
        }
    }

    /** @param point the ephemeral one: x TPM2B, y TPM2B */
    private SecretBytes seed(Bytes point) throws GeneralSecurityException {
        int octets = CURVE.fieldOctets();
        CheckFailed.require(point.length() == 2 * (2 + octets), "a credential for an EK of another kind");
        Bytes x = point.slice(2, 2 + octets);
        Bytes y = point.slice(4 + octets, 4 + 2 * octets);
        ECPoint ephemeral = new ECPoint(new BigInteger(1, x.toArray()), new BigInteger(1, y.toArray()));
        KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
        agreement.init(ekKey.privateKey());
        agreement.doPhase(KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(ephemeral, CURVE.parameters())), true);
        Bytes own = CURVE.padded(((ECPublicKey) ekKey.publicKey()).getW().getAffineX());
        try (SecretBytes z = SecretBytes.owning(agreement.generateSecret())) {
            return Kdf.kdfe(HASH, z, "IDENTITY", x, own, 8 * HASH.octets());
        }
    }
}
