package dev.slipway.admin;

import dev.slipway.fdo.voucher.VoucherCheck;
import dev.slipway.fdo.voucher.VoucherReport;
import java.util.List;
import java.util.Locale;

/** One check of a voucher, for people and scripts. */
public record CheckView(String name, String result, String expected, String found) {

    static List<CheckView> of(VoucherReport report) {
        return report.checks().stream().map(CheckView::of).toList();
    }

    private static CheckView of(VoucherCheck check) {
        return new CheckView(check.name(), word(check.result()), check.expected(), check.found());
    }

    /** An enum constant as the API writes it. */
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
