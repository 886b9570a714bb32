package dev.slipway.cli;

import dev.slipway.failure.Failure;
import dev.slipway.ignition.ConfigDifference;
import dev.slipway.ignition.ConfigDiff;
import dev.slipway.ignition.Profile;
import dev.slipway.ignition.ProfileFacets;
import dev.slipway.ignition.ProfileLint;
import dev.slipway.ignition.ProfileSource;
import dev.slipway.ignition.ReadableConfig;
import dev.slipway.ignition.Sample;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./slipway profile diff}. */
@Command(
        name = "diff",
        description = {
            "Says what is different between two versions of a profile, as rendered: for their samples, without a service; with one folder only, for"
                + " the devices of a running service, compared with what they get now. Secrets are masked; that one has changed is said."
        },
        footer = "%nExit codes: 0 no difference; 1 differences, or one of them cannot be rendered; 2 wrong usage.",
        mixinStandardHelpOptions = true)
final class ProfileDiffCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "DIR_A", description = "the folder of a profile")
    private Path before;

    @Parameters(index = "1", arity = "0..1", paramLabel = "DIR_B", description = "the folder of the same profile, later")
    private Path after;

    @Mixin
    private ApiOptions options;

    @Spec
    private CommandSpec spec;

    /** A folder that was read. */
    private record Side(ProfileSource source, Profile profile) {

        Optional<ReadableConfig> rendered(String name) {
            if (!ProfileLint.samples(source).contains(name)) {
                return Optional.empty();
            }
            Sample sample = ProfileLint.sample(profile, source, name, Map.of());
            return Optional.of(profile.renderReadable(sample.device(), sample.values()));
        }

        ReadableConfig facets() {
            return ProfileFacets.of(profile, source.manifest());
        }
    }

    @Override
    public Integer call() {
        return after == null ? compareWithService() : compareFolders();
    }

    private int compareWithService() {
        ProfileFolders profile = ProfileFolders.one(spec, before);
        Optional<Side> side = read(before);
        if (side.isEmpty()) {
            return 1;
        }
        try (ApiClient api = options.client()) {
            NdjsonAnswer answer = api.job(
                    "profiles/" + ApiClient.segment(profile.name()) + "/diff",
                    ProfileApplyCommand.archive(profile.folder().path(), side.get().source().manifest()),
                    progress -> {});
            return new DeviceDiffText(spec.commandLine().getOut(), options.json()).print(answer) ? 0 : 1;
        }
    }

    private int compareFolders() {
        Optional<Side> old = read(before);
        Optional<Side> young = read(after);
        if (old.isEmpty() || young.isEmpty()) {
            return 1;
        }
        boolean same = print("profile", "", ConfigDiff.between(old.get().facets(), young.get().facets()));
        TreeSet<String> samples = new TreeSet<>(ProfileLint.samples(old.get().source()));
        samples.addAll(ProfileLint.samples(young.get().source()));
        for (String sample : samples) {
            same &= compare(sample, old.get(), young.get());
        }
        return same ? 0 : 1;
    }

    private Optional<Side> read(Path argument) {
        ProfileFolders folder = ProfileFolders.one(spec, argument);
        return rendering(folder.shown(), () -> {
            ProfileSource source = folder.folder().read();
            return new Side(source, Profile.parse(source));
        });
    }

    private boolean compare(String sample, Side old, Side young) {
        Optional<Optional<ReadableConfig>> oldConfig = rendering(before, () -> old.rendered(sample));
        Optional<Optional<ReadableConfig>> youngConfig = rendering(after, () -> young.rendered(sample));
        if (oldConfig.isEmpty() || youngConfig.isEmpty()) {
            return false;
        }
        if (oldConfig.get().isPresent() && youngConfig.get().isPresent()) {
            return print("sample", sample, ConfigDiff.between(oldConfig.get().get(), youngConfig.get().get()));
        }
        String only = "only in " + (oldConfig.get().isPresent() ? before : after);
        spec.commandLine().getOut().println(options.json() ? Json.line(Map.of("sample", sample, "note", only)) : "sample " + sample + ": " + only);
        return false;
    }

    /** Empty if it cannot be done, which is said. */
    private <T> Optional<T> rendering(Path folder, Supplier<T> work) {
        try {
            return Optional.of(work.get());
        } catch (Failure.ConfigInvalid e) {
            e.findings().forEach(finding -> spec.commandLine().getErr().println(FindingText.of(folder, finding).line()));
            return Optional.empty();
        }
    }

    /** Whether there is nothing to print. */
    private boolean print(String kind, String name, List<ConfigDifference> changes) {
        PrintWriter out = spec.commandLine().getOut();
        if (options.json() && !changes.isEmpty()) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put(kind, name);
            line.put("changes", changes);
            out.println(Json.line(line));
        } else if (!changes.isEmpty()) {
            out.println(name.isEmpty() ? "beside the config" : kind + " " + name);
            changes.forEach(change -> ChangeText.lines(change.path(), change.before(), change.after(), change.secret()).forEach(out::println));
        }
        return changes.isEmpty();
    }
}
