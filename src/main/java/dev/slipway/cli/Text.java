package dev.slipway.cli;

/** Output for people. */
final class Text {

    private Text() {}

    /** Without what a terminal would take for a command: devices and manufacturers write these texts. */
    static String printable(String text) {
        return text.replaceAll("\\p{Cc}", "?");
    }

    /** The same for a row of a list, whose last columns may be empty. */
    static String line(String row) {
        return printable(row).stripTrailing();
    }
}
