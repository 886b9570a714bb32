package dev.slipway.attestation;

import dev.slipway.tpm.ClockInfo;
import dev.slipway.tpm.Name;
import dev.slipway.tpm.TpmtPublic;
import java.util.Optional;

/**
 * An AK whose Name went through credential activation, so that its TPM is known.
 *
 * @param lastClock of the last quote that it signed; empty before the first
 */
public record EnrolledAk(TpmtPublic publicArea, Optional<ClockInfo> lastClock) {

    /** The AKs that were enrolled: the only ones that quotes are believed from. */
    public interface Repository {

        Optional<EnrolledAk> find(Name name);
    }
}
