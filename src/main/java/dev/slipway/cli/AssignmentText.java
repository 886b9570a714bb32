package dev.slipway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** What a device gets, and why, for people. */
final class AssignmentText {

    private final PrintWriter out;

    AssignmentText(PrintWriter out) {
        this.out = out;
    }

    void print(JsonNode why, boolean json) {
        if (json) {
            out.println(why);
            return;
        }
        line("device", why.path("guid").asText());
        why.path("labels").properties().forEach(label -> line("label", label.getKey() + "=" + label.getValue().asText()));
        why.path("groups").forEach(group -> line("group", String.format(
                "%s, priority %d, selects %s%s",
                group.path("name").asText(),
                group.path("priority").asInt(),
                group.path("selects").asText(),
                group.has("profile") ? ", gives the profile " + group.path("profile").asText() : "")));
        why.path("profiles").forEach(profile -> line("profile", String.format(
                "%s %s, by %s, for devices that prove '%s'%s%s",
                profile.path("name").asText(),
                profile.path("revision").asText("(there is none of this name)"),
                profile.path("origin").asText(),
                profile.path("proof").asText("?"),
                profile.has("tpm") ? " and whose key is in a TPM" : "",
                profile.has("policy") ? ", by the policy " + profile.path("policy").asText() : "")));
        why.path("parameters").forEach(parameter -> line("parameter", String.format(
                "%s = %s, by %s%s",
                parameter.path("name").asText(),
                value(parameter.path("value")),
                parameter.path("origin").asText(),
                parameter.path("used").asBoolean() ? "" : "; no profile of it uses this")));
        why.path("trouble").forEach(trouble -> line("GETS NOTHING", trouble.asText()));
    }

    private static String value(JsonNode value) {
        if (!value.isArray()) {
            return value.asText();
        }
        List<String> texts = new ArrayList<>();
        value.forEach(text -> texts.add(text.asText()));
        return texts.toString();
    }

    private void line(String name, String text) {
        out.printf("%-12s %s%n", name, Text.printable(text));
    }
}
