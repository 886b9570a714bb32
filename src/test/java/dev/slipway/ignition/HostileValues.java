package dev.slipway.ignition;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.failure.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiPredicate;

/** Serials that try to be more than one value. */
final class HostileValues {

    private static final List<String> PIECES = List.of("\"", "'", "\n", "\r", "%", "%n", "%41", "{", "}", "{{", "}}", "{{ param.token }}",
            "${HOME}", "$",
            "\\",
            "/", "..", ".", "\0", "\u0001", "\u007f", "\u0085", "\u2028", "ü", "𝄞", "\ud800", "=", "[Service]", "\nExecStart=/bin/sh",
            " ", "\t", ";", ",", "#",
            "?", "&", ":", "-", "a", "B7", "\uFEFF", "</script>", "\"},{\"path\":\"/etc/shadow\"", "data:,x", "@");

    static String hostile(Random random) {
        StringBuilder text = new StringBuilder();
        int count = random.nextInt(100) == 0 ? 20_000 : random.nextInt(8);
        for (int i = 0; i < count; i++) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }

    private HostileValues() {}

    /**
     * Renders a profile with each hostile serial: it is refused, or what stands at {@code leaf}, the one place that may change, is what
     * {@code plain} says, and nothing else changed.
     */
    static void check(Profiles source, String leaf, BiPredicate<String, JsonNode> plain) {
        JsonNode harmless = without(source.serial("harmless").config(), leaf);
        check(source, (serial, rendered) ->
                plain.test(serial, rendered.at(leaf)) && without(rendered, leaf).equals(harmless));
    }

    /** Renders a profile with each hostile serial: it is refused, or the whole config is what {@code plain} says. */
    static void check(Profiles source, BiPredicate<String, JsonNode> plain) {
        Profile profile = source.parse();
        ParameterValues values = ParameterValues.parse(profile.parameters(), Profiles.bytes("token: t"));
        int accepted = 0;
        for (long seed = 1; seed <= 3000; seed++) {
            String serial = hostile(new Random(seed));
            JsonNode rendered;
            try {
                rendered = render(profile, values, serial);
            } catch (Failure.ConfigInvalid e) {
                assertThat(e.findings()).as("seed %d", seed).isNotEmpty();
                continue;
            }
            accepted++;
            assertThat(plain.test(serial, rendered)).as("seed %d: %s in %s", seed, serial, rendered).isTrue();
        }
        assertThat(accepted).as("accepted values").isGreaterThan(50);
    }

    private static JsonNode render(Profile profile, ParameterValues values, String serial) {
        DeviceFacts device = new DeviceFacts("g", serial, "m", "f", Map.of());
        try {
            return new ObjectMapper().readTree(profile.render(device, values).octets().toArray());
        } catch (IOException e) {
            throw new UncheckedIOException("no JSON", e);
        }
    }

    private static JsonNode without(JsonNode document, String leaf) {
        JsonNode copy = document.deepCopy();
        int slash = leaf.lastIndexOf('/');
        JsonNode parent = copy.at(leaf.substring(0, slash));
        if (parent instanceof ObjectNode object) {
            object.remove(leaf.substring(slash + 1));
        } else {
            ((ArrayNode) parent).remove(Integer.parseInt(leaf.substring(slash + 1)));
        }
        return copy;
    }
}
