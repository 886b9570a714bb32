package dev.slipway.attestation.enrollment;

import dev.slipway.attestation.SignedAttest;
import dev.slipway.attestation.TpmEvidence;
import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure.Malformed;
import dev.slipway.tpm.CreationData;
import dev.slipway.tpm.Marshal;
import java.util.List;
import java.util.Optional;

/**
 * The answer.
 *
 * @param proof SHA-256 over nonce, secret of the AK and secret of the device key
 * @param creation the AK's certification that its TPM made the device key, with {@code proof} in it; to be preferred
 * @param certification the AK's certification that the device key is in its TPM
 */
public record EnrollmentProof(Bytes proof, Optional<Creation> creation, Optional<SignedAttest> certification) {

    private static final int SHA256_OCTETS = 32;

    /** A certification of creation with what it is over. */
    public record Creation(SignedAttest signed, CreationData data) {}

    /** @throws Malformed if the proof is no SHA-256, or neither certification is there */
    public EnrollmentProof {
        if (proof.length() != SHA256_OCTETS) {
            throw new Malformed("proof of " + proof.length() + " octets");
        }
        if (creation.isEmpty() && certification.isEmpty()) {
            throw new Malformed("proof without a certification of the device key; send creation or certify, made with the AK");
        }
    }

    /** What is left of it for those who come later. */
    TpmEvidence evidence(EnrollmentState.Claim claim) {
        SignedAttest signed = creation.map(Creation::signed).or(() -> certification).orElseThrow();
        return new TpmEvidence(
                claim.ekChain(),
                Marshal.sized(claim.ek().publicArea().bytes()),
                Marshal.sized(claim.ak().publicArea().bytes()),
                Marshal.sized(claim.deviceKey().publicArea().bytes()),
                signed.attest(),
                signed.encodedSignature(),
                creation.map(made -> Marshal.sized(made.data().bytes())),
                List.of());
    }
}
