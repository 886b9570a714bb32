package dev.slipway.attestation.firstboot;

import dev.slipway.attestation.Booted;
import dev.slipway.attestation.PcrValues;
import dev.slipway.attestation.RecordedQuote;
import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure.Malformed;
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
        Optional<Bytes> pcrSignature) {

    /**
     * To be judged once more. That the quote was fresh and the AK's was seen when it came.
     *
     * @throws Malformed if it is not what was kept
     */
    public Booted booted() {
        PcrValues values = RecordedQuote.decode(quote).values(pcrs).orElseThrow(() -> new Malformed("PCR values that the quote is not over"));
        return Booted.of(values, eventLog, userspaceLog, pcrSignature);
    }
}
