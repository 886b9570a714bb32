package dev.slipway.ignition.spec;

/**
 * Where a value of a merged config was written.
 *
 * @param layer name of the layer
 * @param path place in that layer's own config
 */
public record Origin(String layer, ConfigPath path) {

    Origin child(String key) {
        return new Origin(layer, path.child(key));
    }

    Origin child(int index) {
        return new Origin(layer, path.child(index));
    }
}
