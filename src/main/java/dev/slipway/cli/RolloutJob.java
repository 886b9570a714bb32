package dev.slipway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;

/** Has a running service change what devices get, shows how far it is, and what has come of it. */
final class RolloutJob {

    private final CommandSpec spec;
    private final boolean json;
    private final ApiClient api;

    RolloutJob(CommandSpec spec, boolean json, ApiClient api) {
        this.spec = spec;
        this.json = json;
        this.api = api;
    }

    /**
     * @param query parameters by name; those without a value are left out
     * @return the exit code
     */
    int run(String profile, String what, Map<String, String> query, HttpRequest.BodyPublisher body) {
        String parameters = new TreeMap<>(query).entrySet().stream()
                .filter(parameter -> !parameter.getValue().isEmpty())
                .map(parameter -> parameter.getKey() + "=" + URLEncoder.encode(parameter.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        NdjsonAnswer answer = api.job("profiles/" + ApiClient.segment(profile) + "/" + what + "?" + parameters, body, this::progress);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(answer.isDone() ? answer.result() : answer.problem());
        } else if (answer.isDone()) {
            answer.result().path("warnings").forEach(warning -> out.println(finding(profile, warning)));
            out.println(text(profile, answer.result()));
        } else {
            answer.problem().path("errors").forEach(error -> out.println(finding(profile, error)));
            spec.commandLine().getErr().println("slipway: " + profile + " is refused, nothing has changed");
        }
        out.flush();
        return answer.isDone() ? 0 : 1;
    }

    private void progress(JsonNode progress) {
        PrintWriter err = spec.commandLine().getErr();
        err.printf(
                "slipway: %d devices seen, %d would get it, %d cannot have it%n",
                progress.path("seen").asInt(), progress.path("tried").asInt(), progress.path("refused").asInt());
        err.flush();
    }

    private static String text(String profile, JsonNode result) {
        JsonNode revision = result.path("revision");
        String now = profile + ": " + ProfileText.pointers(result.path("channels"));
        return Text.printable(result.path("unchanged").asBoolean()
                ? now + "; revision " + revision.path("number").asInt() + " was there already, nothing has changed"
                : now + "; tried for " + result.path("devices").asInt() + " devices");
    }

    private static String finding(String profile, JsonNode finding) {
        String device = finding.path("device").asText();
        String place = finding.has("line") ? ":" + finding.path("line").asInt() + ":" + finding.path("column").asInt() : "";
        String file = profile + "/" + finding.path("path").asText().replaceFirst("#.*", "");
        return Text.printable((device.isEmpty() ? "" : "device " + device + ": ") + file + place + ": " + finding.path("severity").asText() + ": "
                + finding.path("message").asText() + " [" + finding.path("id").asText() + "]");
    }
}
