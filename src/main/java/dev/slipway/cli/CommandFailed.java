package dev.slipway.cli;

/** A command cannot do what it was asked; the message says why, and what to do. */
class CommandFailed extends RuntimeException {

    CommandFailed(String message) {
        super(message, null, false, false);
    }
}
