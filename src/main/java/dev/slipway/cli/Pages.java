package dev.slipway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Goes through a list of the API, page by page. */
final class Pages {

    private static final int LIMIT = 500;

    private Pages() {}

    /** @param what the name of the list in the path and in the answer */
    static void each(ApiClient api, String what, Consumer<JsonNode> action) {
        each(api, what, what, action);
    }

    /** @param what the name of the list in the answer */
    static void each(ApiClient api, String path, String what, Consumer<JsonNode> action) {
        String query = "?limit=" + LIMIT;
        for (String next = ""; next != null; ) {
            JsonNode page = api.get(path + query + (next.isEmpty() ? "" : "&after=" + URLEncoder.encode(next, StandardCharsets.UTF_8)));
            page.path(what).forEach(action);
            next = page.path("next").asText(null);
        }
    }
}
