package dev.slipway.ops;

/** Why the service does not start, and what to do about it. */
final class StartException extends RuntimeException {

    StartException(String message) {
        super(message);
    }
}
