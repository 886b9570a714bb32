package dev.slipway.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Files that a command is given. */
final class InputFile {

    private InputFile() {}

    /** @throws CommandFailed if it cannot be read */
    static byte[] read(Path file) {
        requireReadable(file);
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /** @throws CommandFailed if it is not there, or no file, or somebody else's */
    static void requireReadable(Path file) {
        if (Files.isDirectory(file)) {
            throw new CommandFailed(file + " is a folder; name a file");
        }
        if (!Files.exists(file)) {
            throw new CommandFailed("there is no file " + file);
        }
        if (!Files.isReadable(file)) {
            throw new CommandFailed(file + " may not be read by you");
        }
    }

    static CommandFailed unreadable(Path file, IOException trouble) {
        return switch (trouble) {
            case NoSuchFileException e -> new CommandFailed("there is no file " + file);
            case AccessDeniedException e -> new CommandFailed(file + " may not be read by you");
            default -> new CommandFailed(file + " cannot be read: " + trouble.getMessage());
        };
    }
}
