package dev.slipway.cli;

import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure.ConfigInvalid;
import dev.slipway.failure.Finding;
import dev.slipway.policy.PolicyDocument;
import dev.slipway.policy.PolicyReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Policies as files, looked at without a service.
 *
 * @param policy empty where the file is none
 * @param findings what is wrong with it, or what its author should look at
 */
record PolicyFiles(Path file, Bytes octets, Optional<PolicyDocument> policy, List<FindingText> findings) {

    private static final Path HERE = Path.of("");

    /** @param arguments files, and folders with files that end in .yaml, .yml or .json */
    static List<PolicyFiles> of(List<Path> arguments) {
        return arguments.stream().flatMap(argument -> find(argument).stream()).map(PolicyFiles::read).toList();
    }

    private static List<Path> find(Path argument) {
        if (!Files.isDirectory(argument)) {
            return List.of(argument);
        }
        List<Path> found = new ArrayList<>();
        try (Stream<Path> children = Files.list(argument)) {
            children.filter(child -> child.getFileName().toString().matches(".+\\.(yaml|yml|json)")).sorted().forEach(found::add);
        } catch (IOException e) {
            throw InputFile.unreadable(argument, e);
        }
        if (found.isEmpty()) {
            throw new CommandFailed("there is no policy in " + argument + "; a policy is a file that ends in .yaml, .yml or .json");
        }
        return found;
    }

    private static PolicyFiles read(Path file) {
        Bytes octets = Bytes.owning(InputFile.read(file));
        try {
            PolicyDocument policy = PolicyReader.read(file.toString(), octets);
            return new PolicyFiles(file, octets, Optional.of(policy), texts(policy.warnings()));
        } catch (ConfigInvalid e) {
            return new PolicyFiles(file, octets, Optional.empty(), texts(e.findings()));
        }
    }

    private static List<FindingText> texts(List<Finding> findings) {
        return findings.stream().map(finding -> FindingText.of(HERE, finding)).toList();
    }

    /** @throws CommandFailed with everything that is wrong with it */
    static PolicyDocument require(Path file) {
        PolicyFiles read = read(file);
        return read.policy().orElseThrow(() -> new CommandFailed(file + " is no policy:\n" + String.join("\n", read.lines())));
    }

    List<String> lines() {
        return findings.stream().map(FindingText::line).toList();
    }
}
