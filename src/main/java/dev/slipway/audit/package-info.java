/**
 * What happened, for the auditor: {@link dev.slipway.audit.AuditEvent}, and the port {@link dev.slipway.audit.AuditLog}.
 *
 * <p>An event about a change is stored in the transaction of that change, so it travels with the change to the port that stores it. A
 * refusal changes nothing and is appended by itself. Ids of events are never renamed. The package knows no protocol.
 */
package dev.slipway.audit;
