package dev.slipway.ignition;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Finding;
import dev.slipway.ignition.spec.ConfigReader;
import dev.slipway.ignition.spec.ConfigReport;
import dev.slipway.ignition.spec.ConfigValidator;
import dev.slipway.ignition.spec.IgnitionVersion;
import dev.slipway.ignition.spec.Positions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A config written as Ignition reads it, {@code config.ign.json}. */
record IgnitionTemplate(TemplateNode template, IgnitionVersion version, Bytes document) implements ConfigTemplate {

    /** What the paths of findings about a rendered config start with. */
    private static final String RENDERED = "rendered config";

    /** @param variables that it was rendered with */
    private record Rendered(JsonNode config, IgnitionTemplate template, Map<String, Object> variables) implements Rendering {
        @Override
        public List<Finding> located(ConfigReport report) {
            return Report.located(RENDERED, report);
        }

        @Override
        public List<ValueOrigin> origins() {
            JsonNode written = ConfigReader.read(template.document).tree().orElseThrow();
            Positions positions = Positions.of(template.document);
            Renderer renderer = Renderer.keepingPlaces(variables, new Masking(true, Set.of()), new Report());
            JsonNode placed = renderer.render(template.template, TemplateSyntax.IGNITION.root()).orElseThrow();
            Map<String, List<Integer>> repeated = renderer.repetitions().in(placed);
            return OriginFinder.find(config, ProfileSource.CONFIG, path -> {
                String pointer = written(path.toPointer(), placed, repeated, written);
                return new OriginFinder.Written(positions.at(pointer), written.at(pointer));
            });
        }

        /** The place in the document that a place of the config was rendered from; a list may stand there as one expression. */
        private static String written(String rendered, JsonNode placed, Map<String, List<Integer>> repeated, JsonNode document) {
            String pointer = "";
            String place = "";
            JsonNode at = placed;
            for (String step : rendered.substring(1).split("/", -1)) {
                if (document.at(pointer).isTextual()) {
                    return pointer;
                }
                List<Integer> origins = repeated.get(place);
                int item = at.isArray() ? index(at, Integer.parseInt(step)) : 0;
                String index = !at.isArray() ? step : Integer.toString(origins == null ? item : origins.get(item));
                String below = "/" + (at.isArray() ? Integer.toString(item) : step);
                at = at.at(below);
                place += below;
                boolean inline = index.equals("source") && !document.at(pointer).has(index) && document.at(pointer).has("inline");
                pointer += "/" + (inline ? "inline" : index);
            }
            return pointer;
        }

        private static int index(JsonNode list, int wanted) {
            int found = -1;
            int index = -1;
            while (found < wanted) {
                index++;
                found += list.get(index).isNull() ? 0 : 1;
            }
            return index;
        }
    }

    static Optional<Source> read(Bytes octets, Report report) {
        ConfigReader.Reading reading = ConfigReader.read(octets);
        report.addAll(Report.located(ProfileSource.CONFIG, reading.report()));
        return reading.tree().map(tree -> (expressions, lint) -> compile(tree, octets, expressions, lint));
    }

    private static Optional<ConfigTemplate> compile(JsonNode tree, Bytes octets, ExpressionCompiler expressions, Report report) {
        Report compiling = new Report();
        TemplateNode template = TemplateCompiler.compile(tree, TemplateSyntax.IGNITION, expressions, compiling);
        report.addAll(located(compiling.findings(), octets));
        JsonNode outline = TemplateOutline.of(template);
        report.addAll(Report.located(ProfileSource.CONFIG, ConfigValidator.validate(outline).locatedIn(octets)));
        return report.failed() ? Optional.empty()
                : ConfigValidator.versionOf(outline).map(version -> new IgnitionTemplate(template, version, octets));
    }

    /** With line and column of those that are about a place in the document. */
    private static List<Finding> located(List<Finding> findings, Bytes octets) {
        String root = TemplateSyntax.IGNITION.root();
        if (findings.isEmpty()) {
            return findings;
        }
        Positions positions = Positions.of(octets);
        return findings.stream()
                .map(finding -> finding.path().startsWith(root)
                        ? new Finding(finding.id(), finding.path(), finding.severity(), finding.message(),
                                Optional.of(positions.at(finding.path().substring(root.length()))))
                        : finding)
                .toList();
    }

    @Override
    public Optional<Rendering> render(Map<String, Object> variables, Masking masking, Report report) {
        Report rendering = new Report();
        Optional<JsonNode> config = new Renderer(variables, masking, rendering).render(template, TemplateSyntax.IGNITION.root());
        report.addAll(located(rendering.findings(), document));
        return report.failed() ? Optional.empty() : config.map(done -> new Rendered(done, this, variables));
    }
}
