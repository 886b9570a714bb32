package dev.slipway.ignition.assignment;

import dev.slipway.failure.Failure.Invalid;
import dev.slipway.ignition.ParameterValue;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Values that somebody gave for parameters, as texts or lists of texts: which type they are to have is known when there is a profile.
 *
 * @param open by name
 * @param secret by name; sealed where they are stored, and never shown
 */
public record GivenParameters(Map<String, ParameterValue> open, Map<String, ParameterValue> secret) {

    public static final GivenParameters NONE = new GivenParameters(Map.of(), Map.of());

    private static final ParameterValue MASK = new ParameterValue.Text(ParameterValue.MASK);

    public GivenParameters {
        open = Map.copyOf(open);
        secret = Map.copyOf(secret);
    }

    /** All of them by name. */
    public Map<String, ParameterValue> all() {
        Map<String, ParameterValue> all = new HashMap<>(open);
        all.putAll(secret);
        return all;
    }

    /** The same with everything secret that is. */
    public GivenParameters sealing(Predicate<String> isSecret) {
        Map<String, ParameterValue> stillOpen = new HashMap<>(open);
        Map<String, ParameterValue> sealed = new HashMap<>(secret);
        open.forEach((name, value) -> {
            if (isSecret.test(name)) {
                sealed.put(name, value);
                stillOpen.remove(name);
            }
        });
        return new GivenParameters(stillOpen, sealed);
    }

    /**
     * The same with what there was in the place of each mask: what people were shown comes back as it was.
     *
     * @throws Invalid if there was nothing
     */
    public GivenParameters unmasked(GivenParameters before) {
        return new GivenParameters(unmasked(open, before), unmasked(secret, before));
    }

    private static Map<String, ParameterValue> unmasked(Map<String, ParameterValue> masked, GivenParameters before) {
        Map<String, ParameterValue> values = new HashMap<>(masked);
        values.replaceAll((name, value) -> value.equals(MASK) ? unmasked(name, before) : value);
        return values;
    }

    private static ParameterValue unmasked(String name, GivenParameters before) {
        ParameterValue value = before.all().get(name);
        if (value == null) {
            throw new Invalid("the value of '" + name + "' is " + ParameterValue.MASK
                    + ", which stands for the one that is stored, and none is; write the secret itself");
        }
        return value;
    }
}
