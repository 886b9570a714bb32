package dev.slipway.fdo.voucher;

import dev.slipway.failure.Failure;
import dev.slipway.failure.Failure.Malformed;
import dev.slipway.failure.Failure.VoucherRejected;

/**
 * One check of a voucher, and how it went.
 *
 * @param name stable, in dotted words: {@code voucher.signature}
 * @param expected what would have passed, in words; empty where it did
 * @param found what was there instead, in words; of a check that passed, what it is known by
 */
public record VoucherCheck(String name, Result result, String expected, String found) {

    /** How a check went. */
    public enum Result {
        PASSED,
        FAILED,
        /** It did not pass, and the policy is to take note of that only. */
        NOTED,
        /** There was nothing to check, or nothing to check it with. */
        NOT_APPLICABLE
    }

    public static VoucherCheck passed(String name, String found) {
        return new VoucherCheck(name, Result.PASSED, "", found);
    }

    public static VoucherCheck failed(String name, String expected, String found) {
        return new VoucherCheck(name, Result.FAILED, expected, found);
    }

    public static VoucherCheck notApplicable(String name, String why) {
        return new VoucherCheck(name, Result.NOT_APPLICABLE, "", why);
    }

    public boolean isFailed() {
        return result == Result.FAILED;
    }

    /** @throws Failure if it failed: {@link VoucherRejected}, or {@link Malformed} for the GUID, whose code in TO0 is another */
    void requirePassed() {
        if (isFailed()) {
            String cause = found + " (expected: " + expected + ")";
            throw name.equals(VoucherVerifier.GUID) ? new Malformed(Malformed.Part.GUID, cause) : new VoucherRejected(name, cause);
        }
    }
}
