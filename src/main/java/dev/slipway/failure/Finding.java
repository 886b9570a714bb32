package dev.slipway.failure;

/**
 * One line of a report.
 *
 * @param id stable dotted name of the check, never renamed: {@code ignition.unknown-key}
 * @param path where: a JSON pointer, a file with line and column, an index; empty where the whole is meant
 * @param message a sentence for the operator; it quotes no secret
 */
public record Finding(String id, String path, Severity severity, String message) {

    public enum Severity {
        ERROR,
        WARNING,
        INFO
    }

    public static Finding error(String id, String path, String message) {
        return new Finding(id, path, Severity.ERROR, message);
    }

    @Override
    public String toString() {
        return severity.name().toLowerCase(java.util.Locale.ROOT) + " " + id + (path.isEmpty() ? "" : " at " + path) + ": " + message;
    }
}
