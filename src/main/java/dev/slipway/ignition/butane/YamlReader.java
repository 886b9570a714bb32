package dev.slipway.ignition.butane;

import dev.slipway.bytes.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;

/**
 * One YAML document as a tree of nodes, within limits that are checked before the tree is built. Refuses a second document, which Butane
 * passes over in silence, and tags, which it hardly uses.
 */
final class YamlReader {

    /** Octets of a config, as of any document of a profile. */
    private static final int OCTETS = 1 << 20;

    /** Levels of collections; a Butane config has less than ten. */
    private static final int DEPTH = 32;

    /** Times that a list or mapping is referred to by its anchor. */
    private static final int ALIASES = 1000;

    private static final LoadSettings SETTINGS = LoadSettings.builder()
            .setSchema(new FailsafeSchema())
            .setMaxAliasesForCollections(ALIASES)
            .setAllowNonScalarKeys(true)
            .setCodePointLimit(OCTETS)
            .build();

    private final SourceReport report;

    private YamlReader(SourceReport report) {
        this.report = report;
    }

    /** Empty if there is no document or it cannot be read, which was reported. */
    static Optional<Node> read(String name, Bytes octets, SourceReport report) {
        if (octets.length() > OCTETS) {
            report.error("document.too-large", Positions.START, "the document has more than " + OCTETS + " octets; move large contents into files/");
            return Optional.empty();
        }
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets.toArray())).toString();
            return new YamlReader(report).read(text);
        } catch (CharacterCodingException e) {
            report.error("document.not-utf8", Positions.START, "the document is not valid UTF-8; save it as UTF-8");
            return Optional.empty();
        }
    }

    private Optional<Node> read(String text) {
        if (text.startsWith("\uFEFF")) {
            report.error("document.byte-order-mark", Positions.START, "the document starts with a byte-order mark; save it as UTF-8 without one");
            return Optional.empty();
        }
        try {
            return isWithinLimits(text) ? new Compose(SETTINGS).composeString(text) : Optional.empty();
        } catch (MarkedYamlEngineException e) {
            report.error("yaml.syntax", e.getProblemMark().map(Positions::of).orElse(Positions.START), "this is not valid YAML: " + kindOf(e));
        } catch (YamlEngineException e) {
            report.error("yaml.syntax", Positions.START, "this is not valid YAML, or its collections refer to each other too often");
        }
        return Optional.empty();
    }

    /** The parser's words, except where they would quote what may be a secret. */
    private static String kindOf(MarkedYamlEngineException e) {
        return e.getProblem().startsWith("found undefined") ? "put a text that starts with * or ! in quotes" : e.getProblem();
    }

    private boolean isWithinLimits(String text) {
        int depth = 0;
        int documents = 0;
        for (Event event : new Parse(SETTINGS).parseString(text)) {
            switch (event) {
                case CollectionStartEvent start -> depth++;
                case CollectionEndEvent end -> depth--;
                case DocumentStartEvent start -> documents++;
                default -> { }
            }
            Optional<String> complaint = depth > DEPTH ? Optional.of("more than " + DEPTH + " levels of lists and mappings stand inside each other")
                    : documents > 1 ? Optional.of("a second document starts here; a config is one document")
                    : hasTag(event) ? Optional.of("remove the tag, a word with an exclamation mark; types follow from the names of fields")
                    : Optional.empty();
            if (complaint.isPresent()) {
                report.error("yaml.unsupported", event.getStartMark().map(Positions::of).orElse(Positions.START), complaint.get());
                return false;
            }
        }
        return true;
    }

    private static boolean hasTag(Event event) {
        return event instanceof ScalarEvent scalar && scalar.getTag().isPresent()
                || event instanceof CollectionStartEvent start && start.getTag().isPresent();
    }
}
