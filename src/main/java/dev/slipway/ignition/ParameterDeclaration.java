package dev.slipway.ignition;

import java.util.Optional;

/**
 * One parameter that a profile declares in {@code parameters.yaml}.
 *
 * @param name as in {@code param.NAME}
 * @param required a parameter file must give a value
 * @param secret its value is masked wherever a person looks, and may only land where nobody else on the device can read it
 * @param defaultValue what a parameter file is made with, and what holds where a file gives no value for a parameter that is not required
 * @param description one sentence for the person who fills in the value
 */
public record ParameterDeclaration(
        String name, ParameterType type, boolean required, boolean secret, Optional<ParameterValue> defaultValue, String description) {}
