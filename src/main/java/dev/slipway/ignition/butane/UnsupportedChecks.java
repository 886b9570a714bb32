package dev.slipway.ignition.butane;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.ignition.spec.ConfigPath;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Refuses what the images of a variant cannot do. */
final class UnsupportedChecks {

    private UnsupportedChecks() {}

    /** @param refuse gets the place in the translated config, and why */
    static void check(Variant variant, JsonNode config, BiConsumer<ConfigPath, String> refuse) {
        variant.unsupported().forEach((pattern, what) ->
                find(config, pattern.substring(1).split("/"), 0, ConfigPath.ROOT, at -> refuse.accept(at, what + ": " + variant.text()
                        + " does not support this; remove it")));
    }

    private static void find(JsonNode node, String[] steps, int step, ConfigPath at, Consumer<ConfigPath> found) {
        if (node.isMissingNode()) {
            return;
        }
        if (step == steps.length) {
            found.accept(at);
        } else if (!steps[step].equals("*")) {
            find(node.path(steps[step]), steps, step + 1, at.child(steps[step]), found);
        } else {
            for (int i = 0; i < node.size(); i++) {
                find(node.get(i), steps, step + 1, at.child(i), found);
            }
        }
    }
}
