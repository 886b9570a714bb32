package dev.slipway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.attestation.firstboot.KeptEvidence;
import dev.slipway.bytes.Bytes;
import dev.slipway.tpm.TpmtPublic;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/** Evidence that a service kept, as its API shows it. */
final class RecordedEvidence {

    private RecordedEvidence() {}

    static KeptEvidence read(JsonNode evidence) {
        return new KeptEvidence(
                Instant.parse(evidence.path("at").asText()),
                TpmtPublic.decodeSized(part(evidence, "ak")),
                part(evidence, "quote"),
                part(evidence, "signature"),
                part(evidence, "pcrs"),
                optional(evidence, "event_log"),
                optional(evidence, "userspace_log"),
                optional(evidence, "pcr_signature"));
    }

    private static Bytes part(JsonNode evidence, String name) {
        return optional(evidence, name).orElseThrow(() -> new CommandFailed("the service answered without '" + name + "'"));
    }

    private static Optional<Bytes> optional(JsonNode evidence, String name) {
        return Optional.of(evidence.path(name)).filter(JsonNode::isTextual).map(node -> Bytes.owning(Base64.getDecoder().decode(node.asText())));
    }
}
