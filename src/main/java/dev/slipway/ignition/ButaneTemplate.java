package dev.slipway.ignition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Finding;
import dev.slipway.ignition.butane.Assets;
import dev.slipway.ignition.butane.ButaneConfig;
import dev.slipway.ignition.butane.LocalFiles;
import dev.slipway.ignition.butane.Markup;
import dev.slipway.ignition.butane.TranslatedConfig;
import dev.slipway.ignition.butane.Translator;
import dev.slipway.ignition.spec.ConfigPath;
import dev.slipway.ignition.spec.ConfigReport;
import dev.slipway.ignition.spec.IgnitionVersion;
import dev.slipway.ignition.spec.Remark;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A config written in Butane, {@code config.bu}. It is read, and what it embeds is encoded, once; for each device its expressions are
 * replaced, and the result is translated.
 */
record ButaneTemplate(ButaneConfig config, TemplateNode template, Assets assets) implements ConfigTemplate {

    private static final Markup MARKUP = new Markup() {
        @Override
        public boolean isExpression(String text) {
            return text.contains("{{");
        }

        @Override
        public boolean isDirective(String key) {
            return key.startsWith("$");
        }
    };

    private record Rendered(TranslatedConfig translated, JsonNode written) implements Rendering {
        @Override
        public JsonNode config() {
            return translated.config();
        }

        @Override
        public List<Finding> located(ConfigReport report) {
            return report.remarks().stream().map(translated::locate).toList();
        }

        @Override
        public List<ValueOrigin> origins() {
            return OriginFinder.find(translated.config(), ProfileSource.BUTANE, this::written);
        }

        private OriginFinder.Written written(ConfigPath path) {
            Finding located = translated.locate(new Remark("", path, Finding.Severity.INFO, Optional.empty(), "", Optional.empty()));
            String pointer = located.path().substring(located.path().indexOf('#') + 1);
            JsonNode at = pointer.startsWith("/") ? written.at(pointer) : MissingNode.getInstance();
            return new OriginFinder.Written(located.position().orElseThrow(), at);
        }
    }

    /** @param files that the config may embed */
    static Optional<Source> read(Bytes octets, LocalFiles files, Report report) {
        List<Finding> findings = new ArrayList<>();
        Optional<ButaneConfig> config = ButaneConfig.read(ProfileSource.BUTANE, octets, MARKUP, findings);
        report.addAll(findings);
        return config.map(read -> (expressions, lint) -> compile(read, files, expressions, lint));
    }

    private static Optional<ConfigTemplate> compile(ButaneConfig config, LocalFiles files, ExpressionCompiler expressions, Report report) {
        Report compiling = new Report();
        TemplateNode template = TemplateCompiler.compile(config.tree(), TemplateSyntax.BUTANE, expressions, compiling);
        report.addAll(located(compiling, config));
        if (report.failed()) {
            return Optional.empty();
        }
        Assets assets = Assets.of(files);
        List<Finding> findings = new ArrayList<>();
        Translator.translate(config, TemplateOutline.of(template), assets, findings).ifPresent(outline -> findings.addAll(outline.validate()));
        report.addAll(findings);
        return report.failed() ? Optional.empty() : Optional.of(new ButaneTemplate(config, template, assets.settled()));
    }

    private static List<Finding> located(Report report, ButaneConfig config) {
        return report.findings().stream().map(config::located).toList();
    }

    @Override
    public IgnitionVersion version() {
        return config.dialect().target();
    }

    @Override
    public Optional<Rendering> render(Map<String, Object> variables, Masking masking, Report report) {
        Report rendering = new Report();
        Renderer renderer = Renderer.keepingPlaces(variables, masking, rendering);
        Optional<JsonNode> tree = renderer.render(template, TemplateSyntax.BUTANE.root());
        report.addAll(located(rendering, config));
        if (report.failed() || tree.isEmpty()) {
            return Optional.empty();
        }
        List<Finding> findings = new ArrayList<>();
        ButaneConfig rendered = config.repeated(renderer.repetitions().in(tree.get()));
        Optional<TranslatedConfig> translated = Translator.translate(rendered, tree.get(), assets, findings);
        report.addAll(findings);
        return translated.map(done -> new Rendered(done, config.tree()));
    }
}
