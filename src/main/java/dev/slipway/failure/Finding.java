package dev.slipway.failure;

import java.util.Locale;
import java.util.Optional;

/**
 * One line of a report.
 *
 * @param id stable dotted name of the check, never renamed: {@code ignition.unknown-key}
 * @param path where: a JSON pointer, a place in a config ({@code $.storage.files.0.mode}), a file with line and column, an index; empty
 *     where the whole is meant
 * @param message a sentence for the operator; it quotes no secret
 * @param position in the text that {@code path} is about, where there is a text
 */
public record Finding(String id, String path, Severity severity, String message, Optional<Position> position) {

    public enum Severity {
        ERROR,
        WARNING,
        INFO
    }

    /**
     * A place in a text.
     *
     * @param line from 1
     * @param column from 1, in octets
     */
    public record Position(int line, int column) {

        @Override
        public String toString() {
            return "line " + line + ", column " + column;
        }
    }

    public static Finding error(String id, String path, String message) {
        return new Finding(id, path, Severity.ERROR, message, Optional.empty());
    }

    public boolean isError() {
        return severity == Severity.ERROR;
    }

    @Override
    public String toString() {
        return severity.name().toLowerCase(Locale.ROOT) + " " + id + (path.isEmpty() ? "" : " at " + path)
                + position.map(place -> ", " + place).orElse("") + ": " + message;
    }
}
