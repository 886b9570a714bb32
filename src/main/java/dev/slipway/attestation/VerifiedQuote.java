package dev.slipway.attestation;

import dev.slipway.tpm.ClockInfo;
import dev.slipway.tpm.Name;

/**
 * What a TPM said about itself, after every check of {@link QuoteVerifier}. Whether it is good is the concern of {@link BootAppraiser}.
 *
 * @param values of the registers that were asked for, and of no others
 */
public record VerifiedQuote(Name ak, PcrValues values, ClockInfo clockInfo, long firmwareVersion) {}
