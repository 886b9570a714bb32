package dev.slipway.ignition;

import java.util.Collections;
import java.util.Set;

/**
 * What people are not shown of a config.
 *
 * @param on whether it is for people: else everything is written, and only findings keep quiet
 * @param given names of values that are secret by themselves, as {@code param.NAME}, beside those that are declared so
 */
record Masking(boolean on, Set<String> given) {

    /** Whether the value of the expression may reveal a secret. */
    boolean covers(Expression expression) {
        return expression.isSecret() || !Collections.disjoint(expression.sources(), given);
    }

    /** Whether a mask stands in the place of the value. */
    boolean hides(Expression expression) {
        return on && covers(expression);
    }
}
