package dev.slipway.attestation.reference;

import dev.slipway.attestation.Reason;
import dev.slipway.failure.Finding;
import dev.slipway.tpm.Pcr;

/** Evidence without which a section cannot be judged. */
final class Missing {

    private Missing() {}

    static Finding log(Pcr pcr, String wanted) {
        return Reason.PCR_POLICY.finding(
                pcr.toString(), "expected an event log that leads to what was quoted, to see " + wanted + ", found none that does");
    }
}
