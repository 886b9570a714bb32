package dev.slipway.ignition;

import java.util.Optional;

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
            case UNIT, UNIT_FILE -> new UnitLint();
            case URL -> new UrlLint();
            case FILE_TEXT -> always(ValueRule.FILE_TEXT);
            case LINE -> always(ValueRule.LINE);
            case WORD -> always(ValueRule.WORD);
            case PATH -> always(ValueRule.PATH_SEGMENT);
            case UNIT_NAME -> always(ValueRule.UNIT_NAME);
            case GENERATED -> always(ValueRule.PLAIN);
            case LOCAL_FILE -> never("local files are read before there is a device; write the name of the file out, and choose between several"
                    + " entries with $when");
            case CHILD_CONFIG -> never("a value could be anything in a config that is written as text; write what depends on the device into"
                    + " this config");
        };
    }

    private static RuleFinder always(ValueRule rule) {
        return new Constant(Optional.of(rule), "");
    }

    private static RuleFinder never(String reason) {
        return new Constant(Optional.empty(), reason);
    }

    /** The same at every point of the string. */
    record Constant(Optional<ValueRule> constant, String reason) implements RuleFinder {
        @Override
        public void pass(String text) {}

        @Override
        public ValueRule rule() throws Misplaced {
            return constant.orElseThrow(() -> new Misplaced(reason));
        }
    }
}
