package dev.slipway.ignition;

import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The types that a parameter may have; the words are those of {@code parameters.yaml}. */
public enum ParameterType {
    STRING("string", "a text", SimpleType.STRING),
    INTEGER("integer", "a whole number", SimpleType.INT),
    BOOLEAN("boolean", "true or false", SimpleType.BOOL),
    STRINGS("strings", "a list of texts", ListType.create(SimpleType.STRING));

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

    String inWords() {
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
