package dev.slipway.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How to reach a running service. */
final class ApiOptions {

    @Option(
            names = "--url",
            converter = HttpUrl.class,
            defaultValue = "http://127.0.0.1:8080",
            description = "the running service (default: ${DEFAULT-VALUE})")
    private URI url;

    @Option(names = "--token-file", description = "file with the operator's token (default: api-token in the data folder)")
    private Optional<Path> tokenFile;

    @Option(names = "--data", description = "data folder (default: $SLIPWAY_DATA, else ./slipway-data)")
    private Optional<Path> data;

    @Option(names = "--ca", description = "certificates to trust for HTTPS, PEM: keys/tls.pem of the service's data folder")
    private Optional<Path> ca;

    @Option(names = "--json", description = "print JSON, one object on each line")
    private boolean json;

    boolean json() {
        return json;
    }

    ApiClient client() {
        Path file = tokenFile.orElseGet(() -> DataOption.folder(data).resolve("api-token"));
        try {
            return new ApiClient(HttpClients.create(ca), url, Files.readString(file).strip());
        } catch (IOException e) {
            throw new CommandFailed(
                    "cannot read the operator's token from " + file + "; name its file with --token-file, or the data folder with --data");
        }
    }
}
