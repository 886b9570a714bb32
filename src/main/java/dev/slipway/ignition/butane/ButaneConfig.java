package dev.slipway.ignition.butane;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Finding;
import dev.slipway.failure.Finding.Position;
import dev.slipway.ignition.butane.Shape.Section;
import dev.slipway.ignition.spec.ConfigPath;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * A Butane config: YAML bound to the types of its dialect, in Butane's own names, before anything is translated.
 *
 * @see "Butane, Specifications"
 */
public final class ButaneConfig {

    private static final String VARIANT = "variant";
    private static final String VERSION = "version";

    private final String name;
    private final Dialect dialect;
    private final Section shape;
    private final ObjectNode tree;
    private final Positions positions;

    private ButaneConfig(String name, Dialect dialect, Section shape, ObjectNode tree, Positions positions) {
        this.name = name;
        this.dialect = dialect;
        this.shape = shape;
        this.tree = tree;
        this.positions = positions;
    }

    /**
     * @param name what the paths of findings start with
     * @param findings get everything that is wrong; an unknown key is an error, and passed over
     * @return empty if nothing can be made of the document
     */
    public static Optional<ButaneConfig> read(String name, Bytes octets, Markup markup, List<Finding> findings) {
        Positions positions = new Positions();
        SourceReport report = new SourceReport(name, positions);
        Optional<ButaneConfig> config = YamlReader.read(name, octets, report).flatMap(top -> read(name, top, markup, report, positions));
        if (config.isEmpty() && !report.failed()) {
            report.error("document.empty", Positions.START, "the document is empty; it starts with variant: fcos and version: 1.5.0, for instance");
        }
        findings.addAll(report.findings());
        return config;
    }

    private static Optional<ButaneConfig> read(
            String name, Node top, Markup markup, SourceReport report, Positions positions) {
        if (!(top instanceof MappingNode mapping)) {
            report.error("butane.type", Positions.of(top), "a config is a mapping of names to values");
            return Optional.empty();
        }
        Optional<Dialect> dialect = dialect(name, mapping, report);
        if (dialect.isEmpty()) {
            return Optional.empty();
        }
        Section shape = Schema.of(dialect.get());
        ObjectNode tree = (ObjectNode) new Binder(markup, report, positions).bind(mapping, shape, ConfigPath.ROOT);
        return Optional.of(new ButaneConfig(name, dialect.get(), shape, tree, positions.immutable()));
    }

    /** What is wrong with the keys of the document is reported here if the dialect is not known, and else when they are bound. */
    private static Optional<Dialect> dialect(String name, MappingNode top, SourceReport report) {
        SourceReport keys = new SourceReport(name, new Positions());
        Map<String, Entries> entries = Entries.of(top, keys);
        Optional<Variant> variant = text(entries, VARIANT).flatMap(Variant::find);
        Optional<String> version = text(entries, VERSION);
        Optional<Dialect> dialect = variant.flatMap(known -> version.flatMap(text -> Dialect.find(known, text)));
        if (dialect.isEmpty()) {
            keys.findings().forEach(report::add);
        }
        if (variant.isEmpty()) {
            report.error("butane.variant", position(entries, VARIANT), switch (text(entries, VARIANT).orElse("")) {
                case "" -> "the variant is missing; write variant: fcos, or flatcar, fiot, r4e";
                case "rhcos", "openshift" -> "configs of OpenShift are not supported here; they become objects of its machine config operator";
                default -> "this variant is not known; write fcos, flatcar, fiot or r4e";
            });
        }
        if (version.isEmpty() || variant.isPresent() && dialect.isEmpty()) {
            report.error("butane.version", position(entries, VERSION), "the version is missing or not known; write "
                    + variant.map(known -> "one of those of " + known.text() + ": " + Dialect.versions(known)).orElse("version: 1.0.0, for instance"));
        }
        return dialect;
    }

    private static Optional<String> text(Map<String, Entries> entries, String key) {
        return Optional.ofNullable(entries.get(key))
                .filter(entry -> entry.value() instanceof ScalarNode scalar && !Scalars.isNull(scalar))
                .map(entry -> ((ScalarNode) entry.value()).getValue());
    }

    private static Position position(Map<String, Entries> entries, String key) {
        return entries.containsKey(key) ? Positions.of(entries.get(key).value()) : Positions.START;
    }

    /** The same for a tree that was made of {@link #tree}; {@code lists} with repeated items, by their pointers, say which item each item is of. */
    public ButaneConfig repeated(Map<String, List<Integer>> lists) {
        return lists.isEmpty() ? this : new ButaneConfig(name, dialect, shape, tree, positions.repeated(lists));
    }

    public String name() {
        return name;
    }

    public Dialect dialect() {
        return dialect;
    }

    Section shape() {
        return shape;
    }

    /** In Butane's spelling; must not be changed. A null says nothing; in a list it keeps the place of an item that is not there. */
    public ObjectNode tree() {
        return tree;
    }

    /** The same finding with line and column, if it is about a place of {@link #tree}: {@code config.bu#/storage/files/0/mode}. */
    public Finding located(Finding finding) {
        return finding.path().startsWith(name + "#")
                ? new Finding(finding.id(), finding.path(), finding.severity(), finding.message(),
                        Optional.of(positions.at(finding.path().substring(name.length() + 1))))
                : finding;
    }

    SourceReport report() {
        return new SourceReport(name, positions);
    }
}
