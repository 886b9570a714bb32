package dev.slipway.fdo.voucher;

import java.util.List;
import java.util.stream.Stream;

/** All checks of a voucher by name, in the order of the standard. */
public record VoucherReport(List<VoucherCheck> checks) {

    public VoucherReport {
        checks = List.copyOf(checks);
    }

    public VoucherReport and(VoucherReport more) {
        return new VoucherReport(Stream.concat(checks.stream(), more.checks.stream()).toList());
    }

    public boolean passed() {
        return checks.stream().noneMatch(VoucherCheck::isFailed);
    }

    public boolean has(VoucherCheck.Result result) {
        return checks.stream().anyMatch(check -> check.result() == result);
    }

    /** @throws dev.slipway.failure.Failure for the first check that failed */
    public void requirePassed() {
        checks.forEach(VoucherCheck::requirePassed);
    }
}
