package dev.slipway.it;

import dev.slipway.failure.Finding.Position;
import dev.slipway.failure.Finding.Severity;
import dev.slipway.ignition.spec.ConfigReport;
import dev.slipway.ignition.spec.Remark;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What is said about a config, in a form that can be compared.
 *
 * @param entries severity, path, line and column
 */
record Verdict(boolean accepted, Set<String> entries) {

    /** Ignition stops at the first of these, and names no path. */
    private static final Set<String> STOPPING = Set.of("ignition.type", "json.syntax");

    /** Ignition says these without a report entry. */
    private static final Set<String> WITHOUT_ENTRY = Set.of("ignition.version", "json.empty");

    /** An entry does not always start a line: the program prints its report as a format, and trips over percent signs in it. */
    private static final Pattern ENTRY = Pattern.compile("(error|warning) at (?:(\\$[^,]*), )?line ([0-9]+) col ([0-9]+): ");

    /** Null in their place, which Ignition warns of everywhere but here in version 3.2.0. */
    private static final Pattern QUIET = Pattern.compile("warning \\$\\.storage\\.luks\\.[0-9]+\\.clevis(\\.custom)? .*");

    Verdict {
        entries = entries.stream().filter(entry -> !QUIET.matcher(entry).matches()).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The part of our report that Ignition itself would make. */
    static Verdict of(ConfigReport report) {
        Optional<Remark> stop = report.remarks().stream().filter(remark -> STOPPING.contains(remark.id())).findFirst();
        if (stop.isPresent()) {
            return new Verdict(false, Set.of("error null"));
        }
        Set<String> entries = new TreeSet<>();
        boolean accepted = true;
        for (Remark remark : report.remarks()) {
            accepted &= !remark.inIgnition().equals(Optional.of(Severity.ERROR));
            if (remark.inIgnition().isPresent() && !WITHOUT_ENTRY.contains(remark.id())) {
                Position at = remark.position().orElseThrow();
                entries.add(remark.inIgnition().get().name().toLowerCase(Locale.ROOT) + " " + remark.path() + " " + at.line() + ":" + at.column());
            }
        }
        return new Verdict(accepted, entries);
    }

    /** What the real program says. */
    static Verdict ofIgnition(String text) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(Commands.tool("ignition-validate"), "-").redirectErrorStream(true).start();
        try (var in = process.getOutputStream()) {
            in.write(text.getBytes(StandardCharsets.UTF_8));
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Set<String> entries = new TreeSet<>();
        for (Matcher entry = ENTRY.matcher(output); entry.find(); ) {
            entries.add(entry.group(1) + " " + entry.group(2) + (entry.group(2) == null ? "" : " " + entry.group(3) + ":" + entry.group(4)));
        }
        return new Verdict(process.waitFor() == 0, entries);
    }

    /** Of what is made at random. */
    static long seed() {
        long seed = Optional.ofNullable(System.getProperty("slipway.seed")).map(Long::valueOf).orElseGet(System::nanoTime);
        System.out.println("seed of the mutations (repeat with -Dslipway.seed=…): " + seed);
        return seed;
    }
}
