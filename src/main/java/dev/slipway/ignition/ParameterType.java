package dev.slipway.ignition;

import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The types that a parameter may have; the words are those of {@code parameters.yaml}. */
public enum ParameterType {
    STRING("string", "a text", SimpleType.STRING),
    INTEGER("integer", "a whole number", SimpleType.INT),
    BOOLEAN("boolean", "true or false", SimpleType.BOOL),
    STRINGS("strings", "a list of texts", ListType.create(SimpleType.STRING));

    private static final Pattern WHOLE_NUMBER = Pattern.compile("-?[0-9]{1,18}");

    private final String word;
    private final String inWords;
    private final CelType celType;

    ParameterType(String word, String inWords, CelType celType) {
        this.word = word;
        this.inWords = inWords;
        this.celType = celType;
    }

    public String word() {
        return word;
    }

    /** {@code given} as a value of this type, where a text is what somebody wrote: a number, true or false, one text of a list on each line. */
    public Optional<ParameterValue> of(ParameterValue given) {
        return switch (given) {
            case ParameterValue.Text(String text) -> of(text);
            case ParameterValue.Texts texts -> this == STRINGS ? Optional.of(texts) : Optional.empty();
            case ParameterValue.Whole whole -> this == INTEGER ? Optional.of(whole) : Optional.empty();
            case ParameterValue.Flag flag -> this == BOOLEAN ? Optional.of(flag) : Optional.empty();
        };
    }

    private Optional<ParameterValue> of(String text) {
        return switch (this) {
            case STRING -> Optional.of(new ParameterValue.Text(text));
            case INTEGER -> WHOLE_NUMBER.matcher(text).matches() ? Optional.of(new ParameterValue.Whole(Long.parseLong(text))) : Optional.empty();
            case BOOLEAN -> text.equals("true") || text.equals("false")
                    ? Optional.of(new ParameterValue.Flag(text.equals("true"))) : Optional.empty();
            case STRINGS -> Optional.of(new ParameterValue.Texts(text.lines().filter(line -> !line.isBlank()).toList()));
        };
    }

    public String inWords() {
        return inWords;
    }

    CelType celType() {
        return celType;
    }

    static Optional<ParameterType> find(String word) {
        return Arrays.stream(values()).filter(type -> type.word.equals(word)).findFirst();
    }

    static String known() {
        return Arrays.stream(values()).map(ParameterType::word).collect(Collectors.joining(", "));
    }
}
