package dev.slipway.admin;

import dev.slipway.ignition.ParameterValue;
import dev.slipway.ignition.assignment.GivenParameters;
import java.util.Map;
import java.util.TreeMap;

/** Values of parameters, for people and scripts. */
final class GivenView {

    private GivenView() {}

    static Map<String, Object> open(GivenParameters parameters) {
        Map<String, Object> open = new TreeMap<>();
        parameters.open().forEach((name, value) -> open.put(name, value.forExpression()));
        return open;
    }

    /** By name, each with the same mask. */
    static Map<String, String> masked(GivenParameters parameters) {
        Map<String, String> masked = new TreeMap<>();
        parameters.secret().keySet().forEach(name -> masked.put(name, ParameterValue.MASK));
        return masked;
    }
}
