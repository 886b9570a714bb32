package dev.slipway.attestation;

/** Whose EK certificates are believed now: an operator may change his mind at any time. */
public interface EkTrustSource {

    EkTrust current();
}
