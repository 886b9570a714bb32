package dev.slipway.ignition.butane;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.failure.Finding;
import dev.slipway.ignition.spec.ConfigPath;
import dev.slipway.ignition.spec.ConfigValidator;
import dev.slipway.ignition.spec.Remark;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * From a Butane config to the Ignition config that it stands for, in Butane's order: checks of single objects; translation field by field,
 * and trees; below that mount units, below these the boot device, and lowest users of the boot loader; what the variant does not support. A
 * step that finds errors is the last one. The rules of Ignition come after that ({@link TranslatedConfig#validate}).
 *
 * @see "Butane, Specifications; Ignition, Operator notes: Config merging"
 */
public final class Translator {

    private final ButaneConfig config;
    private final Assets assets;
    private final SourceReport report;

    private Translator(ButaneConfig config, Assets assets) {
        this.config = config;
        this.assets = assets;
        this.report = config.report();
    }

    /**
     * @param tree that of the config; of a template with values in place of expressions, or nodes of type POJO as long as these are not known
     * @param findings get errors and warnings, at their lines of the Butane config
     * @return empty if there are errors
     */
    public static Optional<TranslatedConfig> translate(ButaneConfig config, JsonNode tree, Assets assets, List<Finding> findings) {
        Translator translator = new Translator(config, assets);
        Optional<TranslatedConfig> translated = translator.translate(tree);
        findings.addAll(translator.report.findings());
        return translated;
    }

    private Optional<TranslatedConfig> translate(JsonNode tree) {
        ShapeChecks.check(tree, config.shape(), ConfigPath.ROOT, report);
        new ObjectChecks(config, report).check(tree);
        new BootDeviceChecks(config.dialect(), report).check(tree);
        new PartitionChecks(config.dialect(), report).checkSource(tree);
        return report.failed() ? Optional.empty() : checked(tree);
    }

    private Optional<TranslatedConfig> checked(JsonNode tree) {
        Translated own = Translation.of(config, tree, assets, report);
        Trees.addTo(own, tree, assets, report);
        TranslatedConfig translated = TranslatedConfig.of(parts(own, tree), report);
        new PartitionChecks(config.dialect(), report).checkTranslated(translated.config(), translated::sourceOf);
        UnsupportedChecks.check(config.dialect().variant(), translated.config(),
                (at, message) -> report.error("butane.unsupported", translated.sourceOf(at), message));
        return report.failed() ? Optional.empty() : Optional.of(translated);
    }

    /** Lowest first. */
    private List<Translated> parts(Translated own, JsonNode tree) {
        List<Translated> parts = new ArrayList<>();
        GrubUsers.of(config.dialect(), tree, assets).ifPresent(parts::add);
        BootDevice.of(config.dialect(), tree).ifPresent(parts::add);
        MountUnits.of(config.dialect(), tree).ifPresent(parts::add);
        if (!parts.isEmpty()) {
            refuseDuplicates(own);
        }
        parts.add(own);
        return parts;
    }

    /** Of two entries with one key, merging would keep one and drop the other in silence. */
    private void refuseDuplicates(Translated own) {
        for (Remark remark : ConfigValidator.validate(own.config()).remarks()) {
            if (remark.id().equals(TranslatedConfig.DUPLICATE)) {
                report.error(remark.id(), own.trail().sourceOf(remark.path()), remark.message());
            }
        }
    }
}
