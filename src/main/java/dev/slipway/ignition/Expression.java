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
 * @param secrets the secret parameters that its value may reveal
 */
record Expression(CelRuntime.Program program, CelType type, Set<String> secrets) {

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

    Object evaluate(Map<String, Object> variables) throws NoValue {
        try {
            return program.eval(variables);
        } catch (CelEvaluationException e) {
            throw new NoValue(isSecret() ? "the expression has no value for this device; its secret parameter does not fit it"
                    : "the expression has no value for this device: " + e.getMessage());
        }
    }
}
