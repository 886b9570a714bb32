package dev.slipway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure.ConfigInvalid;
import dev.slipway.failure.Finding;
import dev.slipway.ignition.ParameterValue;
import dev.slipway.ignition.assignment.Group;
import dev.slipway.ignition.assignment.GroupReader;
import dev.slipway.ignition.assignment.SelectorWords;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/** Groups as files, looked at without a service. */
final class GroupFiles {

    private GroupFiles() {}

    /** @param json as the service takes it */
    record Document(String name, byte[] json) {}

    /** @throws CommandFailed with everything that is wrong, each with line and column */
    static List<Document> read(Path file) {
        try {
            return GroupReader.read(file.toString(), Bytes.owning(InputFile.read(file))).stream().map(GroupFiles::document).toList();
        } catch (ConfigInvalid e) {
            throw new CommandFailed(file + " is no file of groups:\n"
                    + e.findings().stream().map(Finding::toString).map(Text::printable).collect(Collectors.joining("\n")));
        }
    }

    private static Document document(Group group) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", group.name());
        json.put("priority", group.priority());
        group.comment().ifPresent(comment -> json.put("comment", comment));
        put(json, "select", SelectorWords.write(group.selector()));
        group.profile().ifPresent(profile -> json.put("profile", profile));
        put(json, "parameters", plain(group.parameters().open()));
        put(json, "secrets", plain(group.parameters().secret()));
        return new Document(group.name(), Json.line(json).getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, Object> plain(Map<String, ParameterValue> values) {
        return values.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().forExpression()));
    }

    private static void put(Map<String, Object> json, String key, Map<String, ?> value) {
        if (!value.isEmpty()) {
            json.put(key, value);
        }
    }

    /** A group of the service as a file holds it. */
    static String yaml(JsonNode group) {
        Map<String, Object> words = Json.map(group);
        words.remove("version");
        words.remove("changedAt");
        return new Dump(DumpSettings.builder().setDefaultFlowStyle(FlowStyle.BLOCK).build()).dumpToString(words);
    }
}
