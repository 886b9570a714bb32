package dev.slipway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./slipway trust}. */
@Command(
        name = "trust",
        description = "Whom a running service believes: device CAs, manufacturers, owners that register at its rendezvous service, vendors of TPMs, and EKs that "
                + "no vendor certified. What this "
                + "means for others is set by slipway.trust.… and slipway.rendezvous.accept.",
        footer = "%nExit codes: 0 done; 1 it failed; 2 wrong usage.",
        mixinStandardHelpOptions = true)
final class TrustCommand {

    private static final String KINDS = "device-ca, manufacturer, owner, tpm-ca or tpm-ek";

    @Spec
    private CommandSpec spec;

    @Command(description = "Lists them", mixinStandardHelpOptions = true)
    int list(@Mixin ApiOptions options) {
        try (ApiClient api = options.client()) {
            print(options.json(), api.get("trust"));
        }
        return 0;
    }

    @Command(
            description = {
                "Adds those of files: certificates of device CAs, and public keys or certificates of manufacturers and owners, in PEM; certificates of"
                    + " TPM vendors, roots and those below them, in PEM or DER.",
                "An EK without a certificate is added as tpm-ek from the file that tpm2_createek -u writes. Whoever adds it vouches for the TPM."
            },
            mixinStandardHelpOptions = true)
    int add(
            @Mixin ApiOptions options,
            @Parameters(paramLabel = "KIND", description = KINDS) String kind,
            @Parameters(paramLabel = "FILE", arity = "1..*", description = "certificates, or public keys") List<Path> files) {
        try (ApiClient api = options.client()) {
            for (Path file : files) {
                print(options.json(), api.post("trust/" + ApiClient.segment(kind), InputFile.read(file)));
            }
        }
        return 0;
    }

    @Command(description = "Removes one; vouchers that were taken in stay", mixinStandardHelpOptions = true)
    int remove(
            @Mixin ApiOptions options,
            @Parameters(paramLabel = "KIND", description = KINDS) String kind,
            @Parameters(paramLabel = "FINGERPRINT", description = "as ./slipway trust list shows it") String fingerprint) {
        try (ApiClient api = options.client()) {
            api.delete("trust/" + ApiClient.segment(kind) + "/" + ApiClient.segment(fingerprint));
        }
        return 0;
    }


    private void print(boolean json, JsonNode anchors) {
        PrintWriter out = spec.commandLine().getOut();
        for (JsonNode anchor : anchors) {
            out.println(json
                    ? anchor.toString()
                    : Text.printable(String.format(
                            "%-12s %s  %s", anchor.path("kind").asText(), anchor.path("fingerprint").asText(), anchor.path("name").asText())));
        }
    }
}
