package dev.slipway.fdo.voucher;

import java.util.ArrayList;
import java.util.List;

/** Takes the checks of a voucher as they are made: all of them for a report, or none beyond the first that failed for a protocol. */
final class Examination {

    private final boolean stopsAtFailure;
    private final List<VoucherCheck> checks = new ArrayList<>();

    private Examination(boolean stopsAtFailure) {
        this.stopsAtFailure = stopsAtFailure;
    }

    static Examination ofEverything() {
        return new Examination(false);
    }

    static Examination untilTheFirstFailure() {
        return new Examination(true);
    }

    void add(VoucherCheck check) {
        foresee(check);
        checks.add(check);
    }

    /** What is known already of a check that is added later. */
    void foresee(VoucherCheck check) {
        if (stopsAtFailure) {
            check.requirePassed();
        }
    }

    VoucherReport report() {
        return new VoucherReport(checks);
    }
}
