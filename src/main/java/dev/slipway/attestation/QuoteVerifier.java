package dev.slipway.attestation;

import dev.slipway.bytes.Bytes;
import dev.slipway.tpm.ClockInfo;
import dev.slipway.tpm.TpmHash;
import dev.slipway.tpm.TpmsAttest;
import java.util.Optional;

/**
 * Whether a quote answers a challenge. Stops at the first check that fails.
 *
 * @see "TPM 2.0 Library, Part 1, Attestation"
 */
public final class QuoteVerifier {

    /** What is shorter could be met again by chance; we issue 32. */
    private static final int MIN_NONCE_OCTETS = 16;

    private final EnrolledAk.Repository enrolled;

    public QuoteVerifier(EnrolledAk.Repository enrolled) {
        this.enrolled = enrolled;
    }

    /**
     * @param signed the quote
     * @param pcrValues the values of the quoted registers, one after the other
     * @param challenge already used up: whatever comes of this, it is not accepted a second time
     * @throws dev.slipway.failure.Failure.AttestationRejected with the code of the check that failed
     * @throws dev.slipway.failure.Failure.Malformed if what the AK signed is no well-formed attestation
     */
    public VerifiedQuote verify(SignedAttest signed, Bytes pcrValues, QuoteChallenge challenge) {
        // spec: the AK was enrolled; a key that a peer brings along proves nothing
        EnrolledAk known = enrolled.find(challenge.ak()).orElseThrow(() -> Reason.AK_UNKNOWN.rejected("ak", challenge.ak() + " was never enrolled"));
        // spec: it signs nothing but what its TPM made
        AttestationKey ak = AttestationKey.of(known.publicArea());
        // spec: it signed the octets as received, its TPM made them, and they are a quote
        TpmsAttest.Quote quote = signed.quote(ak);
        // spec: the quote answers this challenge and no other
        requireNonce(quote.header().extraData(), challenge.nonce());
        // spec: it is over the registers that were asked for: fewer, or resettable ones, would say nothing
        requireSelection(quote, challenge);
        // spec: the values are the quoted ones
        PcrValues values = requireValues(quote, signed.signature().hash(), pcrValues);
        // spec: the TPM did not go back in time
        known.lastClock().ifPresent(last -> requireLater(quote.header().clockInfo(), last));
        return new VerifiedQuote(ak.name(), values, quote.header().clockInfo(), quote.header().firmwareVersion());
    }

    static void requireNonce(Bytes extraData, Bytes nonce) {
        if (extraData.length() < MIN_NONCE_OCTETS || nonce.length() < MIN_NONCE_OCTETS) {
            throw Reason.NONCE_TOO_SHORT.rejected(
                    "attest", "answers a nonce of " + extraData.length() + " octets, where " + MIN_NONCE_OCTETS + " are the fewest");
        }
        if (!extraData.equals(nonce)) {
            throw Reason.NONCE.rejected("attest", "answers another challenge");
        }
    }

    private static void requireSelection(TpmsAttest.Quote quote, QuoteChallenge challenge) {
        if (!quote.pcrSelect().equals(challenge.selection())) {
            throw Reason.PCR_SELECTION.rejected("attest", "expected PCRs " + challenge.selection() + ", found " + quote.pcrSelect());
        }
    }

    /** @param hash of the signature, which a TPM also uses for the digest over the values */
    private static PcrValues requireValues(TpmsAttest.Quote quote, TpmHash hash, Bytes pcrValues) {
        Optional<PcrValues> values = PcrValues.split(quote.pcrSelect(), pcrValues);
        if (values.isEmpty() || !hash.digest(pcrValues).equals(quote.pcrDigest())) {
            throw Reason.PCR_DIGEST.rejected("pcrs", pcrValues.length() + " octets of PCR values do not hash to " + quote.pcrDigest());
        }
        return values.get();
    }

    /** @throws dev.slipway.failure.Failure.AttestationRejected if a TPM that was at {@code last} cannot be at {@code now} */
    public static void requireLater(ClockInfo now, ClockInfo last) {
        boolean fewerResets = now.resetCount() < last.resetCount();
        boolean clockIsLower = Long.compareUnsigned(now.clockMillis(), last.clockMillis()) < 0;
        // A clock that is not safe may have been set back by a lost power supply.
        boolean clockWentBack = now.resetCount() == last.resetCount() && clockIsLower && now.safe();
        if (fewerResets || clockWentBack) {
            throw Reason.RESET_COUNT.rejected("attest", "the TPM went back in time: " + last + " was seen before, found " + now);
        }
    }
}
