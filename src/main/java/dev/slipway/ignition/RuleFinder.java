package dev.slipway.ignition;

/** Walks along a string of a template, once, and says which rule holds for the value of each expression. */
interface RuleFinder {

    /** An expression stands where no value may. */
    final class Misplaced extends Exception {
        Misplaced(String message) {
            super(message, null, false, false);
        }
    }

    /** Text that is written out in the template. */
    void pass(String text);

    /** The rule for an expression at this point. */
    ValueRule rule() throws Misplaced;

    static RuleFinder of(Place place) {
        return switch (place) {
            case UNIT -> new UnitLint();
            case URL -> new UrlLint();
            case FILE_TEXT -> always(ValueRule.FILE_TEXT);
            case LINE -> always(ValueRule.LINE);
            case WORD -> always(ValueRule.WORD);
            case PATH -> always(ValueRule.PATH_SEGMENT);
            case UNIT_NAME -> always(ValueRule.UNIT_NAME);
        };
    }

    private static RuleFinder always(ValueRule rule) {
        return new RuleFinder() {
            @Override
            public void pass(String text) {}

            @Override
            public ValueRule rule() {
                return rule;
            }
        };
    }
}
