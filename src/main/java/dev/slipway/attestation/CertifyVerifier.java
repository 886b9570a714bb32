package dev.slipway.attestation;

import dev.slipway.bytes.Bytes;
import dev.slipway.tpm.CreationData;
import dev.slipway.tpm.Name;
import dev.slipway.tpm.TpmsAttest;
import dev.slipway.tpm.TpmtPublic;
import java.util.Optional;

/**
 * Whether an AK vouches for a device key: that it is in the same TPM as the AK, and stays there. The AK itself has to be one that went
 * through credential activation; done by the caller.
 *
 * @see "TPM 2.0 Library, Part 3, TPM2_Certify, TPM2_CertifyCreation"
 */
public final class CertifyVerifier {

    private CertifyVerifier() {}

    /**
     * By TPM2_Certify. There is no nonce: a key that cannot leave its TPM is as much in it as it was at the time.
     *
     * @throws dev.slipway.failure.Failure.AttestationRejected with the code of the check that failed
     * @throws dev.slipway.failure.Failure.Malformed if what the AK signed is no well-formed attestation
     */
    public static DeviceKey verify(SignedAttest signed, AttestationKey ak, TpmtPublic object) {
        // spec: the AK signed it, its TPM made it, and it is a certification
        TpmsAttest.Certify certify = signed.certify(ak);
        // spec: of this public area, all of it, and not just of its key
        requireName(certify.name(), object);
        // spec: which is that of a device key
        return DeviceKey.of(object);
    }

    /**
     * By TPM2_CertifyCreation, which every tool can give a nonce to.
     *
     * @param nonce that it has to hold; empty for whoever looks at it afterwards
     * @throws dev.slipway.failure.Failure.AttestationRejected with the code of the check that failed
     * @throws dev.slipway.failure.Failure.Malformed if what the AK signed is no well-formed attestation
     */
    public static DeviceKey verifyCreation(
            SignedAttest signed, AttestationKey ak, TpmtPublic object, CreationData creationData, Optional<Bytes> nonce) {
        // spec: the AK signed it, its TPM made it, and it is a certification of creation
        TpmsAttest.Creation creation = signed.creation(ak);
        // spec: it answers this challenge, where there was one
        nonce.ifPresent(expected -> QuoteVerifier.requireNonce(creation.header().extraData(), expected));
        // spec: it is of this public area
        requireName(creation.objectName(), object);
        // spec: and of this creation data
        if (!creationData.hash(object.nameAlg()).equals(creation.creationHash())) {
            throw Reason.CREATION_HASH.rejected("creation-data", "does not hash to " + creation.creationHash());
        }
        // spec: the public area is that of a device key
        return DeviceKey.of(object);
    }

    static void requireName(Name certified, TpmtPublic object) {
        if (!certified.equals(object.name())) {
            throw Reason.NAME_MISMATCH.rejected("device-key", "expected the Name " + object.name() + ", certified is " + certified);
        }
    }
}
