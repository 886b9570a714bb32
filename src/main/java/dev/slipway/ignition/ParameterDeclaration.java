package dev.slipway.ignition;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One parameter that a profile declares in {@code parameters.yaml}.
 *
 * @param name as in {@code param.NAME}
 * @param required a parameter file must give a value
 * @param secret its value is masked wherever a person looks, and may only land where nobody else on the device can read it
 * @param pattern what the whole of a text must look like, as a regular expression; it keeps a value out that would be something else to the
 *     program that reads the file it lands in
 * @param defaultValue what a parameter file is made with, and what holds where a file gives no value for a parameter that is not required
 * @param description one sentence for the person who fills in the value
 */
public record ParameterDeclaration(
        String name, ParameterType type, boolean required, boolean secret, Optional<Pattern> pattern, Optional<ParameterValue> defaultValue,
        String description) {

    /** The value as one of this type; empty if it is none, or does not look as it must. */
    public Optional<ParameterValue> accept(ParameterValue written) {
        return type.of(written).filter(this::fits);
    }

    /** @param value of this type */
    boolean fits(ParameterValue value) {
        return switch (value) {
            case ParameterValue.Text text -> fits(text.text());
            case ParameterValue.Texts texts -> texts.texts().stream().allMatch(this::fits);
            case ParameterValue.Whole whole -> true;
            case ParameterValue.Flag flag -> true;
        };
    }

    private boolean fits(String text) {
        return pattern.isEmpty() || pattern.get().matcher(text).matches();
    }

    /** What it takes, for a message. */
    public String inWords() {
        return type.inWords() + pattern.map(form -> " that matches " + form).orElse("");
    }
}
