package dev.slipway.keystore;

import java.nio.file.Path;

/** A key file that cannot be used; the message names it and says what to do. */
public final class KeyFileException extends RuntimeException {

    KeyFileException(Path file, String what) {
        super(file + " " + what);
    }
}
