package dev.slipway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.admin.VoucherView;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./slipway voucher}. */
@Command(
        name = "voucher",
        description = "Ownership vouchers of a running service, and in files.",
        subcommands = VoucherImportCommand.class,
        footer = "%nExit codes: 0 done; 1 refused, or it failed; 2 wrong usage.",
        mixinStandardHelpOptions = true)
final class VoucherCommand {

    private static final String WHICH = "the device's GUID, as ./slipway voucher list shows it";
    private static final String NO_GUID = "no GUID; ./slipway voucher list shows them";

    @Spec
    private CommandSpec spec;

    @Command(description = "Lists all vouchers, newest first", mixinStandardHelpOptions = true)
    int list(@Mixin ApiOptions options) {
        PrintWriter out = spec.commandLine().getOut();
        try (ApiClient api = options.client()) {
            Pages.each(api, "vouchers", voucher -> out.println(options.json() ? voucher.toString() : row(voucher)));
        }
        return 0;
    }

    private static String row(JsonNode voucher) {
        return Text.line(String.format(
                "%s  %-8s %-12s %-9s %s  %s  %s",
                voucher.path("guid").asText(),
                voucher.path("state").asText(),
                voucher.path("source").asText(),
                voucher.path("trusted").asBoolean() ? "trusted" : "untrusted",
                voucher.path("since").asText(),
                voucher.path("deviceInfo").asText(),
                voucher.path("serial").asText()));
    }

    @Command(
            description = "Shows a voucher, where its device finds us, and every check of it; of a file without a service",
            mixinStandardHelpOptions = true)
    int show(
            @Mixin ApiOptions options,
            @Parameters(paramLabel = "GUID|FILE", description = WHICH + ", or a file with vouchers, PEM or CBOR") String voucher) {
        if (Files.exists(Path.of(voucher))) {
            VoucherFiles.read(Path.of(voucher)).forEach(view -> print(options.json(), Json.tree(view)));
            return 0;
        }
        String guid = guid(voucher, "neither a GUID nor a file");
        try (ApiClient api = options.client()) {
            print(options.json(), api.get("vouchers/" + guid));
        }
        return 0;
    }

    private void print(boolean json, JsonNode voucher) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(voucher);
        } else {
            new VoucherText(out).voucher(voucher);
        }
    }

    @Command(description = "Checks the vouchers of a file, without a service; exit code 1 if one is not in order", mixinStandardHelpOptions = true)
    int verify(
            @Parameters(paramLabel = "FILE", description = "PEM, one or many, or CBOR") Path file,
            @Option(names = "--json", description = "print JSON, one object on each line") boolean json) {
        List<VoucherView> vouchers = VoucherFiles.read(file);
        vouchers.forEach(view -> print(json, Json.tree(view)));
        return vouchers.stream().allMatch(VoucherFiles::passed) ? 0 : 1;
    }

    @Command(description = "Prints a voucher, PEM", mixinStandardHelpOptions = true)
    int export(@Mixin ApiOptions options, @Parameters(paramLabel = "GUID", description = WHICH) String guid) {
        try (ApiClient api = options.client()) {
            printPem(options.json(), api.get("vouchers/" + guid(guid, NO_GUID), ApiClient.PEM));
        }
        return 0;
    }

    @Command(description = "Hands a device on: extends its voucher to the next owner's key, and prints it, PEM", mixinStandardHelpOptions = true)
    int extend(
            @Mixin ApiOptions options,
            @Parameters(paramLabel = "GUID", description = WHICH) String guid,
            @Option(names = "--to", required = true, paramLabel = "KEY.pem", description = "the next owner's public key or certificate") Path key) {
        try (ApiClient api = options.client()) {
            printPem(options.json(), api.post("vouchers/" + guid(guid, NO_GUID) + "/extend", ApiClient.PEM, InputFile.read(key)));
        }
        return 0;
    }

    private void printPem(boolean json, byte[] pem) {
        String text = new String(pem, StandardCharsets.US_ASCII);
        PrintWriter out = spec.commandLine().getOut();
        out.print(json ? Json.line(Map.of("pem", text)) + System.lineSeparator() : text);
        out.flush();
    }

    private static String guid(String text, String otherwise) {
        if (!text.matches("[0-9a-fA-F-]{32,36}")) {
            throw new CommandFailed("'" + Text.printable(text) + "' is " + otherwise);
        }
        return text;
    }
}
