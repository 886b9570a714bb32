package dev.slipway.audit;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * One line for the auditor.
 *
 * @param id what happened, in dotted words that are never renamed: {@code to2.completed}
 * @param actor who did it: {@code device}, {@code owner}, {@code system}
 * @param guid the device, as text
 * @param reason the stable word of the failure; empty where it went well
 * @param facts what else is worth knowing; no secrets
 */
public record AuditEvent(
        String id, Instant at, String actor, Optional<String> guid, Outcome outcome, String reason, Map<String, String> facts) {

    public enum Outcome {
        DONE,
        REFUSED
    }

    public static AuditEvent done(String id, Instant at, String actor, String guid, Map<String, String> facts) {
        return new AuditEvent(id, at, actor, Optional.of(guid), Outcome.DONE, "", facts);
    }

    public static AuditEvent refused(String id, Instant at, String actor, Optional<String> guid, String reason, Map<String, String> facts) {
        return new AuditEvent(id, at, actor, guid, Outcome.REFUSED, reason, facts);
    }
}
