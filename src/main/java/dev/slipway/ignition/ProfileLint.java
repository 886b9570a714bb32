package dev.slipway.ignition;

import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure;
import dev.slipway.failure.Finding;
import dev.slipway.ignition.spec.ConfigReader;
import dev.slipway.ignition.spec.Positions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that can be said of a profile without a device: its documents, and each sample, rendered and compared with the config that is
 * expected beside it, which is one without a ticket; with one, it is rendered, too.
 *
 * @param profile absent if it cannot be used
 * @param samples names of those that were tried
 * @param findings about files of the profile, by their paths in it
 */
public record ProfileLint(Optional<Profile> profile, List<String> samples, List<Finding> findings) {

    /** A sample renders to another config than the one beside it. */
    public static final String DIFFERS = "sample.differs";

    private static final String YAML = ".yaml";
    private static final String EXPECTED = ".ign.json";

    /** Differences of one sample that are told; the first ones are the useful ones. */
    private static final int DIFFERENCES = 20;

    private static final int SHOWN_CHARS = 120;

    public static ProfileLint of(ProfileSource source) {
        List<Finding> findings = new ArrayList<>();
        Profile profile;
        try {
            profile = Profile.parse(source);
        } catch (Failure.ConfigInvalid e) {
            return new ProfileLint(Optional.empty(), List.of(), e.findings());
        }
        findings.addAll(profile.warnings());
        List<String> names = samples(source);
        for (String name : names) {
            findings.addAll(check(profile, source, name));
        }
        return new ProfileLint(Optional.of(profile), names, List.copyOf(findings));
    }

    /** Whether nothing speaks against giving it to devices. */
    public boolean isFine() {
        return findings.stream().noneMatch(Finding::isError);
    }

    /** The names of the samples, in their order. */
    public static List<String> samples(ProfileSource source) {
        String folder = ProfileLayout.SAMPLES + "/";
        return source.samples().keySet().stream()
                .filter(path -> path.endsWith(YAML) && path.indexOf('/', folder.length()) < 0)
                .map(path -> path.substring(folder.length(), path.length() - YAML.length()))
                .sorted()
                .toList();
    }

    /**
     * The device of a sample.
     *
     * @throws Failure.ConfigInvalid with everything wrong with it
     */
    public static Sample sample(Profile profile, ProfileSource source, String name, Map<String, String> overrides) {
        String path = path(name, YAML);
        Bytes yaml = Optional.ofNullable(source.samples().get(path)).orElseThrow(() -> new Failure.NotFound(
                "the profile '" + source.name() + "' has no sample '" + name + "'; it has " + samples(source)));
        return Sample.parse(profile, path, yaml, overrides);
    }

    private static String path(String sample, String suffix) {
        return ProfileLayout.SAMPLES + "/" + sample + suffix;
    }

    private static List<Finding> check(Profile profile, ProfileSource source, String name) {
        try {
            Sample sample = sample(profile, source, name, Map.of());
            ReadableConfig rendered = profile.renderReadable(sample.device(), sample.values());
            profile.render(sample.device(), sample.values(), TicketFacts.EXAMPLE);
            String path = path(name, EXPECTED);
            Bytes expected = source.samples().get(path);
            return expected == null
                    ? List.of(warning("sample.expected-missing", path(name, YAML), "there is no config beside it to compare with; if the one"
                            + " rendered now is right, write it: ./slipway profile render " + source.name() + " --sample " + name
                            + " --show-secrets >" + path))
                    : compare(path, expected, rendered, name);
        } catch (Failure.ConfigInvalid e) {
            return e.findings().stream().map(finding -> of(name, finding)).toList();
        }
    }

    /** Of a finding in the course of rendering a sample: it says which. */
    private static Finding of(String sample, Finding finding) {
        String path = path(sample, YAML);
        if (finding.path().startsWith(path)) {
            return finding;
        }
        boolean inFile = finding.position().isPresent() || ProfileLayout.DOCUMENTS.contains(finding.path().split("[:#]", 2)[0]);
        return new Finding(finding.id(), inFile ? finding.path() : path, finding.severity(),
                "for the sample '" + sample + "': " + (inFile ? "" : finding.path() + ": ") + finding.message(), finding.position());
    }

    private static List<Finding> compare(String path, Bytes text, ReadableConfig rendered, String name) {
        ConfigReader.Reading reading = ConfigReader.read(text);
        if (reading.tree().isEmpty()) {
            return Report.located(path, reading.report());
        }
        Positions positions = Positions.of(text);
        ReadableConfig expected = new ReadableConfig(reading.tree().get(), reading.tree().get());
        ReadableConfig given = new ReadableConfig(rendered.config(), rendered.config());
        List<ConfigDifference> changes = ConfigDiff.between(expected, given);
        List<Finding> findings = new ArrayList<>();
        for (ConfigDifference change : changes.subList(0, Math.min(DIFFERENCES, changes.size()))) {
            findings.add(new Finding(DIFFERS, path + "#" + change.pointer(), Finding.Severity.ERROR,
                    "the sample '" + name + "' renders to something else at " + change.path() + ": " + describe(change),
                    Optional.of(positions.at(change.pointer()))));
        }
        return findings;
    }

    /** A sample is made for being read, its secrets are none. */
    private static String describe(ConfigDifference change) {
        if (change.before().isEmpty()) {
            return "nothing is expected, it gives " + shown(change.after().orElseThrow());
        }
        if (change.after().isEmpty()) {
            return "expected is " + shown(change.before().get()) + ", it gives nothing";
        }
        String[] before = change.before().get().split("\n", -1);
        String[] after = change.after().get().split("\n", -1);
        int line = 0;
        while (line < before.length - 1 && line < after.length - 1 && before[line].equals(after[line])) {
            line++;
        }
        return (before.length > 1 || after.length > 1 ? "in line " + (line + 1) + ", " : "")
                + "expected is " + shown(before[line]) + ", it gives " + shown(after[line]);
    }

    private static String shown(String text) {
        String line = text.replace('\n', ' ');
        return "'" + (line.length() > SHOWN_CHARS ? line.substring(0, SHOWN_CHARS) + "…" : line) + "'";
    }

    private static Finding warning(String id, String path, String message) {
        return new Finding(id, path, Finding.Severity.WARNING, message, Optional.empty());
    }
}
