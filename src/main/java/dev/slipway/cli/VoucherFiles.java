package dev.slipway.cli;

import dev.slipway.admin.CheckView;
import dev.slipway.admin.VoucherView;
import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure;
import dev.slipway.fdo.voucher.OwnershipVoucher;
import dev.slipway.fdo.voucher.VoucherCheck;
import dev.slipway.fdo.voucher.VoucherPem;
import dev.slipway.fdo.voucher.VoucherReport;
import dev.slipway.fdo.voucher.VoucherVerifier;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** Vouchers as files, looked at without a service: what depends on whose keys and trust it has is not judged. */
final class VoucherFiles {

    private static final String OFFLINE = "needs a service: import it there";

    private VoucherFiles() {}

    /** Each voucher of the file. */
    static List<VoucherView> read(Path file) {
        try {
            return VoucherPem.decode(Bytes.owning(InputFile.read(file))).stream().map(VoucherFiles::view).toList();
        } catch (Failure e) {
            throw new CommandFailed(file + ": " + e.getMessage());
        }
    }

    private static VoucherView view(OwnershipVoucher voucher) {
        VoucherReport report = new VoucherVerifier(true)
                .examine(voucher, Instant.now())
                .and(new VoucherReport(List.of(
                        VoucherCheck.notApplicable("voucher.device-ca", OFFLINE),
                        VoucherCheck.notApplicable("voucher.manufacturer", OFFLINE),
                        VoucherCheck.notApplicable("voucher.owner-key", OFFLINE))));
        return VoucherView.of(voucher, report);
    }

    static boolean passed(VoucherView voucher) {
        return voucher.checks().stream().map(CheckView::result).noneMatch("failed"::equals);
    }
}
