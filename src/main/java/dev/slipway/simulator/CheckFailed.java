package dev.slipway.simulator;

/** The service sent something that a device must not accept. */
public final class CheckFailed extends RuntimeException {

    CheckFailed(String message) {
        super(message, null, false, false);
    }

    static void require(boolean condition, String check) {
        if (!condition) {
            throw new CheckFailed(check);
        }
    }
}
