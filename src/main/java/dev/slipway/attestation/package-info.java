/**
 * Whether a TPM is what it claims to be, whether a key is in it, and what its machine booted: evidence, endorsements and reference values
 * in, findings out (RFC 9334, Remote Attestation Procedures).
 *
 * <p>Standards: TPM 2.0 Library; TCG EK Credential Profile; TPM 2.0 Keys for Device Identity and Attestation; TCG PC Client Platform
 * Firmware Profile. Read {@link dev.slipway.attestation.QuoteVerifier} and {@link dev.slipway.attestation.EkCertificateVerifier} first;
 * {@link dev.slipway.attestation.Reason} lists every ground for a refusal.
 *
 * <p>Structures are read by {@code tpm}. A verifier stops at the first check that fails, and turns what was received into a value that says
 * it was verified; an appraisal collects {@code Finding}s. What was signed is verified as received, and is not even parsed before. Only
 * {@link dev.slipway.attestation.UserspaceLog} and {@link dev.slipway.attestation.PcrSignatureFile} know the JSON library, for what systemd
 * writes in JSON. The package reads no file, and knows neither HTTP nor storage.
 */
package dev.slipway.attestation;
