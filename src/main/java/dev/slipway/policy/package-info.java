/**
 * Policies as data: files that say what machines may boot, their revisions, and proposals made from what devices quoted. Read
 * {@link dev.slipway.policy.PolicyReader} first.
 *
 * <p>What a policy means is {@code attestation.reference}; here is how it is written, in YAML, as profiles are. The package reads no file, and
 * knows neither HTTP nor storage.
 */
package dev.slipway.policy;
