package dev.slipway.cli;

import dev.slipway.archive.ArchiveWriter;
import dev.slipway.ignition.ProfileLint;
import dev.slipway.ignition.ProfileManifest;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./slipway profile apply}. */
@Command(
        name = "apply",
        description = "Gives profiles to a running service, and so to devices: as new revisions, unless they have been there before. A profile that"
                + " is not fit for one of its samples, or for a device that would get it, is refused, and nothing changes.",
        footer = "%nExit codes: 0 done, or nothing to do; 1 refused, or it failed; 2 wrong usage.",
        mixinStandardHelpOptions = true)
final class ProfileApplyCommand implements Callable<Integer> {

    private static final int PIPE_OCTETS = 256 * 1024;

    @Parameters(paramLabel = "DIR", arity = "1..*", description = "the folder of a profile, or one that holds folders of profiles")
    private List<Path> folders;

    @Option(names = "--comment", defaultValue = "", description = "why, for those who look at the history")
    private String comment;

    @Option(names = "--canary", paramLabel = "PERCENT", description = "of the devices get it; the others go on with what they have")
    private Optional<Integer> canary;

    @Mixin
    private ApiOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        int exitCode = 0;
        try (ApiClient api = options.client()) {
            for (ProfileFolders folder : ProfileFolders.of(spec, folders)) {
                exitCode = Math.max(exitCode, apply(folder, new RolloutJob(spec, options.json(), api)));
            }
        }
        return exitCode;
    }

    /** What is wrong already here is not sent. */
    private int apply(ProfileFolders profile, RolloutJob job) {
        ProfileLint lint = profile.folder().lint();
        if (!lint.isFine()) {
            lint.findings().forEach(finding -> spec.commandLine().getErr().println(FindingText.of(profile.shown(), finding).line()));
            return 1;
        }
        ProfileManifest manifest = profile.folder().read().manifest();
        Map<String, String> query = Map.of("comment", comment, "canary", canary.map(String::valueOf).orElse(""));
        return job.run(profile.name(), "revisions", query, archive(profile.folder().path(), manifest));
    }

    static HttpRequest.BodyPublisher archive(Path folder, ProfileManifest manifest) {
        return HttpRequest.BodyPublishers.ofInputStream(() -> stream(folder, manifest));
    }

    /** Packed while it is sent. */
    private static InputStream stream(Path folder, ProfileManifest manifest) {
        try {
            PipedOutputStream out = new PipedOutputStream();
            PipedInputStream in = new PipedInputStream(out, PIPE_OCTETS);
            Thread.ofPlatform().daemon().name("packing").start(() -> pack(folder, manifest, out));
            return in;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it fails, the pipe breaks, and so does what is sent. */
    private static void pack(Path folder, ProfileManifest manifest, PipedOutputStream out) {
        try {
            ArchiveWriter.write(folder, manifest, out);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot pack " + folder, e);
        }
    }
}
