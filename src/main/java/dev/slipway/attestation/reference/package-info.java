/**
 * Reference values: what the machines of a fleet may boot, as their publisher says it (RFC 9334, Reference Values). Read
 * {@link dev.slipway.attestation.reference.ReferencePolicy} first.
 *
 * <p>Every section of a policy is a {@link dev.slipway.attestation.BootRule}, and each that is there has to hold. Of an event log only digests
 * are believed, and their order, once it replays to what was quoted; types and texts in it are anybody's. How a policy is written is the
 * concern of {@code dev.slipway.policy}.
 */
package dev.slipway.attestation.reference;
