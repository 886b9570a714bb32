package dev.slipway.attestation.firstboot;

import dev.slipway.tpm.PcrSelection;
import java.time.Duration;

/**
 * @param selection the registers that are quoted
 * @param validity of a challenge; a TPM takes up to two seconds
 * @param limit challenges that wait for their answers at once
 */
public record BootPolicy(PcrSelection selection, Duration validity, int limit) {}
