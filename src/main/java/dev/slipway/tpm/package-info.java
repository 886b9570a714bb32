/**
 * What TPMs and their platforms write, byte for byte: public areas ({@link dev.slipway.tpm.TpmtPublic}) and their
 * {@link dev.slipway.tpm.Name}, attestations ({@link dev.slipway.tpm.TpmsAttest}), signatures, PCR selections, creation data, credential
 * blobs, TCG-CSR-IDEVID and event logs.
 *
 * <p>Standards: TPM 2.0 Library Part 1 and 2; TCG PC Client Platform Firmware Profile (event logs); TPM 2.0 Keys for Device Identity and
 * Attestation. Readers are strict: exact sizes, known algorithms, nothing left over, a cap on everything, no allocation for a length that
 * is only claimed. Each keeps the octets as received, since signatures and Names are over those. What a structure means, and whether to
 * believe it, is the concern of {@code attestation}; this package knows no policy. Start with {@code TpmtPublic}.
 */
package dev.slipway.tpm;
