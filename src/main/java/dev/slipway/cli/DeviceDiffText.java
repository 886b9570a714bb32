package dev.slipway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.Optional;

/** What would be different for the devices of a service. */
final class DeviceDiffText {

    private final PrintWriter out;
    private final boolean json;

    DeviceDiffText(PrintWriter out, boolean json) {
        this.out = out;
        this.json = json;
    }

    /** Whether nothing would be different. */
    boolean print(NdjsonAnswer answer) {
        JsonNode result = answer.isDone() ? answer.result() : answer.problem();
        if (json) {
            out.println(result);
        } else {
            text(result);
        }
        out.flush();
        return answer.isDone() && result.path("beside").isEmpty() && result.path("groups").isEmpty() && result.path("refused").isEmpty();
    }

    private void text(JsonNode result) {
        if (!result.path("beside").isEmpty()) {
            out.println("beside the config");
            result.path("beside").forEach(this::difference);
        }
        for (JsonNode group : result.path("groups")) {
            out.println(group.path("devices").asInt() + " devices, for instance " + group.path("example").asText());
            group.path("differences").forEach(this::difference);
        }
        for (String list : new String[] {"refused", "errors"}) {
            result.path(list).forEach(finding -> out.println(Text.printable(
                    "device " + finding.path("device").asText() + ": " + finding.path("path").asText() + ": " + finding.path("message").asText())));
        }
        if (result.path("unchanged").asInt() > 0) {
            out.println(result.path("unchanged").asInt() + " devices: no difference");
        }
    }

    private void difference(JsonNode change) {
        ChangeText.lines(change.path("path").asText(), text(change, "before"), text(change, "after"), change.path("secret").asBoolean())
                .forEach(out::println);
    }

    private static Optional<String> text(JsonNode change, String side) {
        return Optional.ofNullable(change.path(side).asText(null));
    }
}
