package dev.slipway.ignition.butane;

import dev.slipway.ignition.spec.ConfigPath;
import java.util.HashMap;
import java.util.Map;

/** Leads from places of a translated config back to the Butane config, as far as these do not follow from the names. */
final class Trail {

    private final Map<ConfigPath, ConfigPath> sources = new HashMap<>();

    void put(ConfigPath translated, ConfigPath source) {
        sources.put(translated, source);
    }

    ConfigPath sourceOf(ConfigPath translated) {
        ConfigPath known = sources.get(translated);
        if (known != null || translated.isRoot()) {
            return known == null ? ConfigPath.ROOT : known;
        }
        String pointer = translated.toPointer();
        String step = pointer.substring(pointer.lastIndexOf('/') + 1);
        ConfigPath around = sourceOf(translated.parent());
        return step.matches("[0-9]+") ? around.child(Integer.parseInt(step)) : around.child(Names.toButane(step));
    }
}
