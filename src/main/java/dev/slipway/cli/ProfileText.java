package dev.slipway.cli;

import com.fasterxml.jackson.databind.JsonNode;

/** Profiles of a service, for people. */
final class ProfileText {

    private static final int HASH_DIGITS = 12;

    private ProfileText() {}

    static String summary(JsonNode channels) {
        return Text.line(String.format("%-24s %s", channels.path("name").asText(), pointers(channels)));
    }

    /** What devices get. */
    static String pointers(JsonNode channels) {
        String stable = "stable " + channels.path("stable").asInt();
        return channels.has("canary")
                ? stable + ", canary " + channels.path("canary").asInt() + " for " + channels.path("percent").asInt() + " %"
                : stable;
    }

    static String revision(JsonNode revision, JsonNode channels) {
        int number = revision.path("number").asInt();
        String mark = number == channels.path("stable").asInt() ? "stable"
                : number == channels.path("canary").asInt(-1) ? "canary " + channels.path("percent").asInt() + " %" : "";
        return Text.line(String.format(
                "%4d  %-11s  %s  %s  %s  %s",
                number, mark, revision.path("hash").asText().substring(0, HASH_DIGITS), revision.path("createdAt").asText(),
                revision.path("author").asText(), revision.path("comment").asText()));
    }

    static String move(JsonNode move) {
        return Text.line(String.format(
                "%s  %-11s  %s  %-28s %s",
                move.path("at").asText(), move.path("action").asText(), move.path("author").asText(), pointers(move), move.path("comment").asText()));
    }

    /** Where a value comes from. */
    static String origin(JsonNode origin) {
        StringBuilder names = new StringBuilder();
        origin.path("names").forEach(name -> names.append(' ').append(name.asText()));
        return String.format(
                "%-60s %s:%d:%d%s", origin.path("pointer").asText(), origin.path("file").asText(), origin.path("line").asInt(),
                origin.path("column").asInt(), names);
    }
}
