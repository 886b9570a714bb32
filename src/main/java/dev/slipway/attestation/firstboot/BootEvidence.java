package dev.slipway.attestation.firstboot;

import dev.slipway.attestation.SignedAttest;
import dev.slipway.bytes.Bytes;
import java.util.Optional;

/**
 * The answer.
 *
 * @param session that of the challenge
 * @param pcrs values of the quoted registers, one after the other
 * @param eventLog of the firmware, as it is in memory
 * @param userspaceLog what systemd measured afterwards; of use only after the firmware's
 * @param pcrSignature signed PCR policies that came with the image, see {@link dev.slipway.attestation.PcrSignatureFile}
 */
public record BootEvidence(
        Bytes session,
        SignedAttest quote,
        Bytes pcrs,
        Optional<Bytes> eventLog,
        Optional<Bytes> userspaceLog,
        Optional<Bytes> pcrSignature) {}
