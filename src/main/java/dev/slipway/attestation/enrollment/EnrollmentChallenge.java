package dev.slipway.attestation.enrollment;

import dev.slipway.bytes.Bytes;
import dev.slipway.tpm.CredentialBlob;
import java.time.Duration;

/**
 * What the TPM has to answer to.
 *
 * @param id of the enrolment, 16 random octets
 * @param nonce commits to the GUID and to the Names of all three keys
 * @param akCredential opens only where the EK is, with the AK loaded
 * @param deviceCredential the same for the device key
 */
public record EnrollmentChallenge(Bytes id, Bytes nonce, CredentialBlob akCredential, CredentialBlob deviceCredential, Duration expiresIn) {}
