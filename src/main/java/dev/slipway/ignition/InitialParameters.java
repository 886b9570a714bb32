package dev.slipway.ignition;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The parameter file of an installation that has none yet. */
public final class InitialParameters {

    private InitialParameters() {}

    /**
     * A YAML document with a commented entry for each parameter: its default, a fresh secret, or a line to be filled in.
     *
     * @param newSecret gives another random text of base64url characters at each call
     */
    public static String write(String profile, List<ParameterDeclaration> declarations, Supplier<String> newSecret) {
        StringBuilder yaml = new StringBuilder("# Parameters of the profile " + profile + ", made on first start; edit them and restart.\n");
        for (ParameterDeclaration declaration : declarations) {
            yaml.append('\n');
            declaration.description().strip().lines().forEach(line -> yaml.append("# ").append(line).append('\n'));
            yaml.append("# (").append(declaration.type().word()).append(declaration.required() ? ", required" : "")
                    .append(declaration.secret() ? ", secret" : "").append(")\n");
            yaml.append(entry(declaration, newSecret)).append('\n');
        }
        return yaml.toString();
    }

    private static String entry(ParameterDeclaration declaration, Supplier<String> newSecret) {
        String name = declaration.name() + ": ";
        if (declaration.defaultValue().isPresent()) {
            return name + yaml(declaration.defaultValue().get());
        }
        return declaration.secret() ? name + quoted(newSecret.get()) : "# " + name + "write " + declaration.type().inWords() + " here";
    }

    private static String yaml(ParameterValue value) {
        return switch (value) {
            case ParameterValue.Text text -> quoted(text.text());
            case ParameterValue.Texts texts -> texts.texts().stream().map(InitialParameters::quoted).collect(Collectors.joining(", ", "[", "]"));
            case ParameterValue.Whole whole -> Long.toString(whole.number());
            case ParameterValue.Flag flag -> Boolean.toString(flag.on());
        };
    }

    /** A double-quoted YAML scalar; everything but plain ASCII is escaped, so it is read back as it was. */
    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.chars().forEach(c -> {
            if (c == '"' || c == '\\') {
                quoted.append('\\').append((char) c);
            } else if (c >= 0x20 && c < 0x7f) {
                quoted.append((char) c);
            } else {
                quoted.append(String.format("\\u%04x", c));
            }
        });
        return quoted.append('"').toString();
    }
}
