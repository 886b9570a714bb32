package dev.slipway.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.fdo.owner.ImportReport;
import dev.slipway.fdo.type.HashType;
import dev.slipway.fdo.voucher.OwnershipVoucher;
import java.util.List;
import java.util.Optional;

/** What became of one voucher of an upload. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ImportView(
        String outcome, Optional<Summary> voucher, Optional<VoucherView.Stored> stored, Optional<Summary> storedVoucher, List<CheckView> checks) {

    /** Enough of a voucher to tell it from another one. */
    public record Summary(String guid, String deviceInfo, String sha256, String manufacturer, String owner, int entries) {

        private static Summary of(OwnershipVoucher voucher) {
            return new Summary(
                    voucher.guid().toString(),
                    voucher.header().value().deviceInfo(),
                    HashType.SHA256.hash(voucher.encoded()).value().toHex(),
                    voucher.header().value().manufacturerKey().fingerprint(),
                    voucher.ownerKey().fingerprint(),
                    voucher.entries().size());
        }
    }

    static ImportView of(ImportReport report) {
        return new ImportView(
                CheckView.word(report.outcome()),
                report.voucher().map(Summary::of),
                report.known().map(VoucherView.Stored::of),
                report.known().map(known -> Summary.of(known.voucher().voucher())),
                CheckView.of(report.report()));
    }
}
