package dev.slipway.cli;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The end of a long job of the service.
 *
 * @param problem what it says where it was refused; else the node is missing
 * @param result of a job that was done
 */
record NdjsonAnswer(JsonNode result, JsonNode problem) {

    boolean isDone() {
        return problem.isMissingNode();
    }
}
