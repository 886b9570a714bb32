package dev.slipway.admin;

import dev.slipway.ignition.ParameterValue;
import dev.slipway.ignition.assignment.GivenParameters;
import dev.slipway.ignition.assignment.KnownParameters;
import java.util.Map;
import java.util.TreeMap;

/**
 * Values of parameters, for people and scripts.
 *
 * @param open by name
 * @param secrets by name, each with the same mask
 */
record GivenView(Map<String, Object> open, Map<String, String> secrets) {

    /** What is declared secret by now is one, even if it was stored while it was not. */
    static GivenView of(GivenParameters stored, KnownParameters known) {
        GivenParameters given = stored.sealing(known::isSecret);
        Map<String, Object> open = new TreeMap<>();
        given.open().forEach((name, value) -> open.put(name, value.forExpression()));
        Map<String, String> secrets = new TreeMap<>();
        given.secret().keySet().forEach(name -> secrets.put(name, ParameterValue.MASK));
        return new GivenView(open, secrets);
    }
}
