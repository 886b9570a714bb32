package dev.slipway.ignition;

import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import java.util.Map;
import java.util.Set;

/**
 * A compiled CEL expression; any number of threads may evaluate it at a time.
 *
 * @param sources what it says of device, ticket and parameters, by name; where it says something of an item, what the item is from
 * @param secrets those of them that are declared secret
 */
record Expression(CelRuntime.Program program, CelType type, Set<String> sources, Set<String> secrets) {

    /** The evaluation ended without a value; the message quotes no secret. */
    static final class NoValue extends Exception {
        NoValue(String message) {
            super(message, null, false, false);
        }
    }

    boolean isSecret() {
        return !secrets.isEmpty();
    }

    /** Whether its value may be true or false. */
    boolean isCondition() {
        return type.kind() == CelKind.BOOL || type.kind() == CelKind.DYN;
    }

    /** @param quiet whether a failure must tell nothing of the values */
    Object evaluate(Map<String, Object> variables, boolean quiet) throws NoValue {
        try {
            return program.eval(variables);
        } catch (CelEvaluationException e) {
            throw new NoValue(quiet ? "the expression has no value for this device; its secret parameter does not fit it"
                    : "the expression has no value for this device: " + e.getMessage());
        }
    }
}
