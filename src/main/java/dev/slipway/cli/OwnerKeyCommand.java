package dev.slipway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./slipway owner-key}. */
@Command(
        name = "owner-key",
        description = "The keys by which devices are ours. Manufacturers extend vouchers to the public halves.",
        footer = "%nExit codes: 0 done; 1 it failed; 2 wrong usage.",
        mixinStandardHelpOptions = true)
final class OwnerKeyCommand {

    @Spec
    private CommandSpec spec;

    @Command(description = "Prints the public halves, PEM", mixinStandardHelpOptions = true)
    int list(@Mixin ApiOptions options) {
        try (ApiClient api = options.client()) {
            api.get("owner-keys").forEach(key -> print(options.json(), key));
        }
        return 0;
    }

    @Command(
            name = "import",
            description = "Takes in a key by which devices are ours already: PKCS#8, PEM, unencrypted. It is stored encrypted",
            mixinStandardHelpOptions = true)
    int add(@Mixin ApiOptions options, @Parameters(paramLabel = "KEY.pem", description = "file with the private key") Path file) {
        try (ApiClient api = options.client()) {
            print(options.json(), api.post("owner-keys", InputFile.read(file)));
        }
        return 0;
    }

    /** A PEM file may say what is in it. */
    private void print(boolean json, JsonNode key) {
        PrintWriter out = spec.commandLine().getOut();
        out.print(json ? key + System.lineSeparator() : "# " + key.path("fingerprint").asText() + "\n" + key.path("pem").asText());
        out.flush();
    }
}
