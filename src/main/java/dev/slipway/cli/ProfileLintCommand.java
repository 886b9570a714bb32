package dev.slipway.cli;

import dev.slipway.failure.Finding;
import dev.slipway.ignition.ProfileLint;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./slipway profile lint}. */
@Command(
        name = "lint",
        description = "Checks profiles, renders each of their samples, and compares it with the config beside it. Needs no service.",
        footer = "%nExit codes: 0 no errors; 1 errors; 2 wrong usage.",
        mixinStandardHelpOptions = true)
final class ProfileLintCommand implements Callable<Integer> {

    @Parameters(paramLabel = "DIR", arity = "1..*", description = "the folder of a profile, or one that holds folders of profiles")
    private List<Path> folders;

    @Option(names = "--json", description = "print JSON, one object for each profile on a line")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        boolean fine = true;
        for (ProfileFolders profile : ProfileFolders.of(spec, folders)) {
            ProfileLint lint = profile.folder().lint();
            fine &= lint.isFine();
            print(profile, lint);
        }
        return fine ? 0 : 1;
    }

    private void print(ProfileFolders profile, ProfileLint lint) {
        PrintWriter out = spec.commandLine().getOut();
        List<FindingText> findings = lint.findings().stream().map(finding -> FindingText.of(profile.shown(), finding)).toList();
        if (json) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("profile", profile.name());
            line.put("fine", lint.isFine());
            line.put("samples", lint.samples());
            line.put("findings", findings.stream().map(FindingText::json).toList());
            out.println(Json.line(line));
        } else {
            findings.forEach(finding -> out.println(finding.line()));
            long errors = lint.findings().stream().filter(Finding::isError).count();
            out.println(profile.shown() + ": " + (lint.isFine() ? "fine" : errors + (errors == 1 ? " error" : " errors")) + ", "
                    + lint.samples().size() + (lint.samples().size() == 1 ? " sample" : " samples") + " tried");
        }
    }
}
