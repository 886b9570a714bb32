package dev.slipway.ignition;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.failure.Finding.Position;
import dev.slipway.ignition.spec.ConfigPath;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Goes through a rendered config, and says of each value where it comes from. */
final class OriginFinder {

    private static final Pattern EXPRESSION = Pattern.compile("\\{\\{(.*?)}}", Pattern.DOTALL);
    private static final Pattern NAME = Pattern.compile("\\b(?:param|device|group|ticket)\\.[a-z][a-z0-9_]*");

    /**
     * A place in the document that a template was read from.
     *
     * @param written what stands there; missing where there is nothing but something around it
     */
    record Written(Position position, JsonNode written) {}

    private final String file;
    private final Function<ConfigPath, Written> source;
    private final List<ValueOrigin> origins = new ArrayList<>();

    private OriginFinder(String file, Function<ConfigPath, Written> source) {
        this.file = file;
        this.source = source;
    }

    static List<ValueOrigin> find(JsonNode config, String file, Function<ConfigPath, Written> source) {
        OriginFinder finder = new OriginFinder(file, source);
        finder.visit(config, ConfigPath.ROOT);
        return List.copyOf(finder.origins);
    }

    private void visit(JsonNode node, ConfigPath path) {
        node.properties().forEach(field -> visit(field.getValue(), path.child(field.getKey())));
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            visit(node.get(i), path.child(i));
        }
        if (node.isValueNode()) {
            Written written = source.apply(path);
            origins.add(new ValueOrigin(path.toPointer(), file, written.position(), names(written.written())));
        }
    }

    private static List<String> names(JsonNode written) {
        Set<String> names = new LinkedHashSet<>();
        if (written.isTextual()) {
            Matcher expressions = EXPRESSION.matcher(written.textValue());
            while (expressions.find()) {
                NAME.matcher(expressions.group(1)).results().forEach(name -> names.add(name.group()));
            }
        }
        return List.copyOf(names);
    }
}
