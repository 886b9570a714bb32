package dev.slipway.cli;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Map;

/**
 * A figure, and what it should be.
 *
 * @param bound which side of {@code wanted} is good
 */
record Goal(String figure, double measured, Bound bound, double wanted, String unit) {

    private static final int DECIMALS = 2;

    enum Bound {
        AT_MOST("at most"),
        AT_LEAST("at least");

        private final String words;

        Bound(String words) {
            this.words = words;
        }
    }

    static Goal atMost(double wanted, String unit, String figure, double measured) {
        return new Goal(figure, measured, Bound.AT_MOST, wanted, unit);
    }

    static Goal atLeast(double wanted, String unit, String figure, double measured) {
        return new Goal(figure, measured, Bound.AT_LEAST, wanted, unit);
    }

    boolean met() {
        return bound == Bound.AT_MOST ? measured <= wanted : measured >= wanted;
    }

    String text() {
        return String.format(
                Locale.ROOT, "%-6s %-44s %8.2f %-11s %s %s", met() ? "met" : "missed", figure, measured, unit, bound.words,
                BigDecimal.valueOf(wanted).setScale(DECIMALS, RoundingMode.HALF_UP).stripTrailingZeros().toPlainString());
    }

    Map<String, Object> json() {
        return Map.of("figure", figure, "measured", measured, "unit", unit, bound.words, wanted, "met", met());
    }
}
