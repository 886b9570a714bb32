package dev.slipway.attestation.firstboot;

import dev.slipway.bytes.Bytes;
import dev.slipway.tpm.PcrSelection;
import java.time.Duration;

/**
 * What a TPM has to quote.
 *
 * @param session 16 random octets
 * @param nonce 32 random octets, the qualifying data of the quote
 */
public record BootChallenge(Bytes session, Bytes nonce, PcrSelection selection, Duration expiresIn) {}
