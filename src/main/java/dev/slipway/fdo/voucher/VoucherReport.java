package dev.slipway.fdo.voucher;

import dev.slipway.failure.Failure;
import dev.slipway.failure.Failure.Malformed;
import dev.slipway.failure.Failure.VoucherRejected;
import java.util.List;
import java.util.Optional;
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

    /** @throws Failure for the first check that failed: {@link VoucherRejected}, or {@link Malformed} for the GUID, whose code in TO0 is another */
    public void requirePassed() {
        Optional<VoucherCheck> failed = checks.stream().filter(VoucherCheck::isFailed).findFirst();
        if (failed.isPresent()) {
            VoucherCheck check = failed.get();
            String cause = check.found() + " (expected: " + check.expected() + ")";
            throw check.name().equals(VoucherVerifier.GUID)
                    ? new Malformed(Malformed.Part.GUID, cause)
                    : new VoucherRejected(check.name(), cause);
        }
    }
}
