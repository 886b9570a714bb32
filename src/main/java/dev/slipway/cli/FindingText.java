package dev.slipway.cli;

import dev.slipway.failure.Finding;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A finding about a file, as compilers write it and editors and pipelines read it: {@code file:line:column: error: message [id]}.
 *
 * @param position empty where the whole file is meant
 */
record FindingText(Path file, Optional<Finding.Position> position, String pointer, Finding finding) {

    private static final Pattern WITH_POSITION = Pattern.compile("(.*):([0-9]+):([0-9]+)");

    /** @param folder that the paths of findings are relative to */
    static FindingText of(Path folder, Finding finding) {
        String[] parts = finding.path().split("#", 2);
        Matcher inPath = WITH_POSITION.matcher(parts[0]);
        Optional<Finding.Position> position = finding.position();
        String file = parts[0];
        if (inPath.matches()) {
            file = inPath.group(1);
            position = Optional.of(new Finding.Position(Integer.parseInt(inPath.group(2)), Integer.parseInt(inPath.group(3))));
        }
        return new FindingText(folder.resolve(file), position, parts.length > 1 ? parts[1] : "", finding);
    }

    private String severity() {
        return finding.severity().name().toLowerCase(Locale.ROOT);
    }

    String line() {
        return Text.printable(file + position.map(at -> ":" + at.line() + ":" + at.column()).orElse("") + ": " + severity() + ": "
                + finding.message() + " [" + finding.id() + "]");
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("file", file.toString());
        position.ifPresent(at -> {
            json.put("line", at.line());
            json.put("column", at.column());
        });
        if (!pointer.isEmpty()) {
            json.put("pointer", pointer);
        }
        json.put("severity", severity());
        json.put("id", finding.id());
        json.put("message", finding.message());
        return json;
    }
}
