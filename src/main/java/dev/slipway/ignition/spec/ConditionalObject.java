package dev.slipway.ignition.spec;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * An object of a template's outline that a config may or may not have: it is checked by itself, but not against others, since two that
 * exclude each other may have the same path.
 */
public final class ConditionalObject extends ObjectNode {

    public ConditionalObject() {
        super(JsonNodeFactory.instance);
    }
}
