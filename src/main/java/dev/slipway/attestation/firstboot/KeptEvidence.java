package dev.slipway.attestation.firstboot;

import dev.slipway.bytes.Bytes;
import dev.slipway.tpm.TpmtPublic;
import java.time.Instant;
import java.util.Optional;

/**
 * What a device sent last, to be looked at again.
 *
 * @param ak that signed the quote
 * @param quote TPMS_ATTEST
 * @param signature TPMT_SIGNATURE
 */
public record KeptEvidence(
        Instant at,
        TpmtPublic ak,
        Bytes quote,
        Bytes signature,
        Bytes pcrs,
        Optional<Bytes> eventLog,
        Optional<Bytes> userspaceLog,
        Optional<Bytes> pcrSignature) {}
