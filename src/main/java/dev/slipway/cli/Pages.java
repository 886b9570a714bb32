package dev.slipway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Consumer;

/** Goes through a list of the API, page by page. */
final class Pages {

    private static final int LIMIT = 500;

    private Pages() {}

    /** @param what the name of the list in the path and in the answer */
    static void each(ApiClient api, String what, Consumer<JsonNode> action) {
        String query = "?limit=" + LIMIT;
        for (String next = ""; next != null; ) {
            JsonNode page = api.get(what + query + (next.isEmpty() ? "" : "&after=" + next));
            page.path(what).forEach(action);
            next = page.path("next").asText(null);
        }
    }
}
