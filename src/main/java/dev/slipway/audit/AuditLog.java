package dev.slipway.audit;

/** Appends events that belong to no change: refusals. Returns at once; under a flood of refusals the surplus is counted, not stored. */
public interface AuditLog {

    void append(AuditEvent event);
}
