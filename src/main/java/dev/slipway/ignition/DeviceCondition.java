package dev.slipway.ignition;

import dev.slipway.failure.Failure.Invalid;
import dev.slipway.ignition.ExpressionCompiler.Uncompilable;

/** A condition in CEL over {@code device}, as templates see it; any number of threads may ask it at a time. */
public final class DeviceCondition {

    private static final ExpressionCompiler COMPILER = ExpressionCompiler.ofDevices();

    private final Expression expression;

    private DeviceCondition(Expression expression) {
        this.expression = expression;
    }

    /** @throws Invalid if it is no CEL, names something else than {@code device}, or is neither true nor false */
    public static DeviceCondition compile(String code) {
        try {
            Expression expression = COMPILER.compile(code);
            if (!expression.isCondition()) {
                throw new Invalid("the condition must be true or false, not a value of type " + expression.type().name());
            }
            return new DeviceCondition(expression);
        } catch (Uncompilable e) {
            throw new Invalid(e.getMessage());
        }
    }

    /** One that has no value for a device, as when it asks for a label that the device has not, does not hold. */
    public boolean holds(DeviceFacts device) {
        try {
            return Boolean.TRUE.equals(expression.evaluate(ExpressionCompiler.variables(device), expression.isSecret()));
        } catch (Expression.NoValue e) {
            return false;
        }
    }
}
