package dev.slipway.ignition;

import java.util.List;

/**
 * What a device would get, for people.
 *
 * @param origins of each value, in the order of the config
 */
public record ConfigPreview(ReadableConfig config, List<ValueOrigin> origins) {}
