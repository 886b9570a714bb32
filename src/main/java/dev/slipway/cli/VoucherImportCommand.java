package dev.slipway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./slipway voucher import}. */
@Command(
        name = "import",
        description = "Has a running service take in vouchers from files: PEM, one or many, or CBOR. Each is reported, with the checks that "
                + "it failed. Other blocks of a file, private keys for instance, are not sent. Importing the same file again changes nothing.",
        footer = "%nExit codes: 0 all are in; 1 some were refused, or it failed; 2 wrong usage.",
        mixinStandardHelpOptions = true)
final class VoucherImportCommand implements Callable<Integer> {

    private static final String REFUSED = "refused";

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "PEM, one or many, or CBOR")
    private List<Path> files;

    @Mixin
    private ApiOptions options;

    @Spec
    private CommandSpec spec;

    private final Map<String, Integer> outcomes = new TreeMap<>();
    private int filesNotRead;

    @Override
    public Integer call() {
        files.forEach(InputFile::requireReadable);
        try (ApiClient api = options.client()) {
            files.forEach(file -> take(api, file));
        } catch (CommandFailed e) {
            if (!outcomes.isEmpty()) {
                throw new CommandFailed(e.getMessage() + "; until then " + summary() + "; run the same command again to go on");
            }
            throw e;
        }
        if (!options.json()) {
            spec.commandLine().getOut().println(summary());
        }
        return outcomes.containsKey(REFUSED) || filesNotRead > 0 ? 1 : 0;
    }

    /** A file that holds something else does not keep the others from being read. */
    private void take(ApiClient api, Path file) {
        try {
            VoucherBatches.of(file).each(batch -> take(api, file, batch));
        } catch (VoucherBatches.NotRead e) {
            filesNotRead++;
            spec.commandLine().getErr().println("slipway: " + e.getMessage());
        }
    }

    private void take(ApiClient api, Path file, VoucherBatches.Batch batch) {
        PrintWriter out = spec.commandLine().getOut();
        for (JsonNode report : api.post("vouchers", batch.octets())) {
            outcomes.merge(report.path("outcome").asText(), 1, Integer::sum);
            if (options.json()) {
                out.println(report);
            } else {
                print(out, report, batch.isAll());
            }
        }
        out.flush();
        if (!batch.isAll()) {
            spec.commandLine().getErr().printf(Locale.ROOT, "%s: %d %% read, %s%n", file, batch.percentRead(), summary());
        }
    }

    /** Of a single voucher everything, of many what went wrong. */
    private static void print(PrintWriter out, JsonNode report, boolean single) {
        boolean refused = report.path("outcome").asText().equals(REFUSED);
        if (!single && !refused) {
            return;
        }
        VoucherText text = new VoucherText(out);
        out.printf("%s %s%n", report.path("voucher").path("guid").asText("(unreadable)"), report.path("outcome").asText());
        if (single) {
            text.checks(report.path("checks"));
        } else {
            text.failures(report.path("checks"));
        }
        if (report.has("storedVoucher")) {
            both(out, "stored", report.path("storedVoucher"));
            both(out, "offered", report.path("voucher"));
        }
    }

    private static void both(PrintWriter out, String which, JsonNode voucher) {
        out.printf(
                "  %-12s SHA-256 %s, device info %s, %d entries, made by %s, owned by %s%n",
                which,
                voucher.path("sha256").asText(),
                Text.printable(voucher.path("deviceInfo").asText()),
                voucher.path("entries").asInt(),
                voucher.path("manufacturer").asText(),
                voucher.path("owner").asText());
    }

    private String summary() {
        return String.format(
                Locale.ROOT,
                "%d imported, %d unchanged, %d refused%s",
                outcomes.getOrDefault("imported", 0),
                outcomes.getOrDefault("unchanged", 0),
                outcomes.getOrDefault(REFUSED, 0),
                filesNotRead == 0 ? "" : filesNotRead == 1 ? ", 1 file not read" : ", " + filesNotRead + " files not read");
    }
}
