package dev.slipway.attestation;

import dev.slipway.bytes.Bytes;
import dev.slipway.tpm.Name;
import dev.slipway.tpm.PcrSelection;

/**
 * What a device was asked for; kept on the server until the answer comes, and used once.
 *
 * @param ak the AK that has to answer
 */
public record QuoteChallenge(Name ak, Bytes nonce, PcrSelection selection) {}
