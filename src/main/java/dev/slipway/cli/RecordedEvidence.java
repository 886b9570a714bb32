package dev.slipway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.attestation.Booted;
import dev.slipway.attestation.MeasurementLog;
import dev.slipway.attestation.PcrSignature;
import dev.slipway.attestation.PcrSignatureFile;
import dev.slipway.attestation.RecordedQuote;
import dev.slipway.attestation.UserspaceLog;
import dev.slipway.bytes.Bytes;
import dev.slipway.tpm.EventLog;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Evidence that a service kept. It verified the quote when it came. */
final class RecordedEvidence {

    private RecordedEvidence() {}

    static Booted booted(JsonNode evidence) {
        List<PcrSignature> signatures = part(evidence, "pcr_signature").map(PcrSignatureFile::decode).orElse(List.of());
        Optional<MeasurementLog> log = part(evidence, "event_log").map(firmware -> MeasurementLog.of(
                EventLog.decode(firmware), part(evidence, "userspace_log").map(UserspaceLog::decode).orElse(List.of())));
        return RecordedQuote.decode(part(evidence, "quote").orElseThrow())
                .values(part(evidence, "pcrs").orElseThrow())
                .map(values -> new Booted(values, log, signatures))
                .orElseThrow(() -> new CommandFailed("the service kept values that the quote is not over"));
    }

    private static Optional<Bytes> part(JsonNode evidence, String name) {
        return Optional.of(evidence.path(name)).filter(JsonNode::isTextual).map(node -> Bytes.owning(Base64.getDecoder().decode(node.asText())));
    }
}
