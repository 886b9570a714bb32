package dev.slipway.ignition.butane;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.failure.Finding;
import dev.slipway.ignition.spec.ConditionalObject;
import dev.slipway.ignition.spec.ConfigPath;
import dev.slipway.ignition.spec.ConfigValidator;
import dev.slipway.ignition.spec.Layer;
import dev.slipway.ignition.spec.Merge;
import dev.slipway.ignition.spec.Merged;
import dev.slipway.ignition.spec.Origin;
import dev.slipway.ignition.spec.Remark;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The Ignition config that a Butane config stands for: what the user wrote, on top of what Butane writes for him. */
public final class TranslatedConfig {

    /** What {@link ConfigValidator} calls two entries with the same key. */
    static final String DUPLICATE = "ignition.duplicate";

    private final List<Translated> parts;
    private final JsonNode config;
    private final Optional<Merged> merged;
    private final SourceReport report;

    private TranslatedConfig(List<Translated> parts, JsonNode config, Optional<Merged> merged, SourceReport report) {
        this.parts = parts;
        this.config = config;
        this.merged = merged;
        this.report = report;
    }

    /** @param parts lowest first, at least one */
    static TranslatedConfig of(List<Translated> parts, SourceReport report) {
        if (parts.size() == 1) {
            return new TranslatedConfig(parts, parts.getFirst().config(), Optional.empty(), report);
        }
        List<Layer> layers = new ArrayList<>(); // each named by its index
        for (int i = 0; i < parts.size(); i++) {
            layers.add(new Layer(Integer.toString(i), parts.get(i).config()));
        }
        Merged merged = Merge.of(layers);
        return new TranslatedConfig(parts, merged.config(), Optional.of(merged), report);
    }

    /** Not validated yet. */
    public JsonNode config() {
        return config;
    }

    /**
     * What Ignition makes of the config, at the lines of the Butane config. Of an outline whose conditions got lost by merging, duplicates
     * are not looked for.
     */
    public List<Finding> validate() {
        boolean unconditional = merged.isEmpty() || !holdsCondition(parts.getLast().config());
        return ConfigValidator.validate(config).remarks().stream()
                .filter(remark -> unconditional || !remark.id().equals(DUPLICATE))
                .map(this::locate)
                .toList();
    }

    private static boolean holdsCondition(JsonNode node) {
        return node instanceof ConditionalObject || node.valueStream().anyMatch(TranslatedConfig::holdsCondition);
    }

    /** What was found in {@link #config}, at its line of the Butane config. */
    public Finding locate(Remark remark) {
        return report.finding(remark.id(), sourceOf(remark.path()), remark.severity(), remark.message());
    }

    /** Where a place of {@link #config}, or what is around it, comes from in the Butane config. */
    ConfigPath sourceOf(ConfigPath path) {
        if (merged.isEmpty()) {
            return parts.getFirst().trail().sourceOf(path);
        }
        Optional<Origin> origin = merged.get().origin(path);
        if (origin.isPresent()) {
            return parts.get(Integer.parseInt(origin.get().layer())).trail().sourceOf(origin.get().path());
        }
        return path.isRoot() ? path : sourceOf(path.parent());
    }
}
