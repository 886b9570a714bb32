package dev.slipway.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.attestation.firstboot.KeptEvidence;
import dev.slipway.bytes.Bytes;
import dev.slipway.tpm.Marshal;
import java.time.Instant;
import java.util.Optional;

/**
 * What a device sent when it booted last, in base64, under the names that it sends it by.
 *
 * @param ak TPM2B_PUBLIC of the AK that signed
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record EvidenceView(
        Instant at,
        byte[] ak,
        byte[] quote,
        byte[] signature,
        byte[] pcrs,
        Optional<byte[]> event_log,
        Optional<byte[]> userspace_log,
        Optional<byte[]> pcr_signature) {

    static EvidenceView of(KeptEvidence kept) {
        return new EvidenceView(
                kept.at(),
                Marshal.sized(kept.ak().bytes()).toArray(),
                kept.quote().toArray(),
                kept.signature().toArray(),
                kept.pcrs().toArray(),
                kept.eventLog().map(Bytes::toArray),
                kept.userspaceLog().map(Bytes::toArray),
                kept.pcrSignature().map(Bytes::toArray));
    }
}
