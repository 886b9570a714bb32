package dev.slipway.cli;

import dev.slipway.attestation.Reason;
import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Finding;
import dev.slipway.policy.Explanation;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./slipway policy explain}. */
@Command(
        name = "explain",
        description = "Says whether a policy lets recorded evidence pass, and why not: which PCR, which event, what was expected and found. Needs no"
                + " service.",
        footer = "%nExit codes: 0 it passes; 1 it is rejected, or is no evidence; 2 wrong usage.",
        mixinStandardHelpOptions = true)
final class PolicyExplainCommand implements Callable<Integer> {

    @Option(names = "--policy", paramLabel = "FILE", required = true, description = "the policy")
    private Path policy;

    @Mixin
    private EvidenceOptions evidence;

    @Option(names = "--json", description = "print one JSON object")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Explanation explanation = Explanation.of(PolicyFiles.require(policy).policy(), evidence.booted());
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.line(json(explanation)));
        } else {
            print(out, explanation);
        }
        return explanation.rejection().isEmpty() ? 0 : 1;
    }

    private void print(PrintWriter out, Explanation explanation) {
        String verdict = explanation.rejection().map(reason -> "REJECTED, " + reason.name()).orElse("accepted");
        out.println("policy " + explanation.policy() + ": " + verdict + explanation.image().map(image -> ", " + Text.printable(image)).orElse("")
                + (evidence.areVerified() ? ", quote signed by the AK" : ", whoever signed the quote"));
        for (Explanation.Register register : explanation.registers()) {
            out.printf(
                    "%-10s %-8s %s%n", register.pcr(), register.findings().isEmpty() ? "fine" : "REJECTED",
                    register.found().map(Bytes::toHex).orElse("not quoted"));
            register.findings().forEach(finding -> out.printf("%-10s %s%n", "", Text.printable(finding.message())));
        }
        explanation.others().forEach(finding -> out.printf("%-10s REJECTED %s%n", finding.path(), Text.printable(finding.message())));
    }

    private Map<String, Object> json(Explanation explanation) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("policy", explanation.policy());
        line.put("accepted", explanation.rejection().isEmpty());
        explanation.rejection().map(Reason::name).ifPresent(reason -> line.put("reason", reason));
        explanation.image().ifPresent(image -> line.put("image", image));
        line.put("verified", evidence.areVerified());
        line.put("registers", explanation.registers().stream().map(PolicyExplainCommand::json).toList());
        line.put("others", explanation.others().stream().map(PolicyExplainCommand::json).toList());
        return line;
    }

    private static Map<String, Object> json(Explanation.Register register) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("pcr", register.pcr().toString());
        register.found().map(Bytes::toHex).ifPresent(found -> object.put("found", found));
        object.put("findings", register.findings().stream().map(PolicyExplainCommand::json).toList());
        return object;
    }

    private static Map<String, String> json(Finding finding) {
        return Map.of("id", finding.id(), "path", finding.path(), "message", finding.message());
    }
}
