package dev.slipway.ignition.spec;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A config that is to be merged with others.
 *
 * @param name for people: a profile, a group, a device
 * @param config valid by itself
 */
public record Layer(String name, JsonNode config) {}
