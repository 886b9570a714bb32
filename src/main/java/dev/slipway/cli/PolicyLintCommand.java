package dev.slipway.cli;

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

/** {@code ./slipway policy lint}. */
@Command(
        name = "lint",
        description = "Checks policies. Needs no service.",
        footer = "%nExit codes: 0 no errors; 1 errors; 2 wrong usage.",
        mixinStandardHelpOptions = true)
final class PolicyLintCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "a policy, or a folder of policies")
    private List<Path> files;

    @Option(names = "--json", description = "print JSON, one object for each policy on a line")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        boolean fine = true;
        for (PolicyFiles file : PolicyFiles.of(files)) {
            fine &= file.policy().isPresent();
            print(file);
        }
        return fine ? 0 : 1;
    }

    private void print(PolicyFiles file) {
        PrintWriter out = spec.commandLine().getOut();
        boolean fine = file.policy().isPresent();
        if (json) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("file", file.file().toString());
            file.policy().ifPresent(policy -> line.put("policy", policy.name()));
            line.put("fine", fine);
            line.put("findings", file.findings().stream().map(FindingText::json).toList());
            out.println(Json.line(line));
        } else {
            file.lines().forEach(out::println);
            int errors = file.findings().size();
            out.println(file.file() + ": " + (fine ? "fine" : errors + (errors == 1 ? " error" : " errors")));
        }
    }
}
