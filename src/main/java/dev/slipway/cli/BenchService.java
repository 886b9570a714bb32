package dev.slipway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.ignition.ProfileSource;
import dev.slipway.ops.CryptoProviders;
import dev.slipway.ops.ProfileFolder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** A service that is measured, on an empty folder of its own, which goes with it. */
final class BenchService implements AutoCloseable {

    /** The profile that is delivered as the default. */
    static final String PROFILE = "edge-gateway";

    /** All its devices have one address. */
    private static final String CHALLENGES_OF_A_FLEET = "-Dslipway.limits.challenges-per-peer=1000000";

    private final TemporaryFolder folder;
    private final ServiceProcess process;
    private final HttpClient http = HttpClients.ofFleet(Optional.empty());

    private BenchService(TemporaryFolder folder, ServiceProcess process) {
        this.folder = folder;
        this.process = process;
    }

    static BenchService start() throws IOException {
        CryptoProviders.install();
        TemporaryFolder folder = TemporaryFolder.make("slipway-bench");
        try {
            return new BenchService(
                    folder, ServiceProcess.start(folder.path().resolve("data"), 0, folder.path().resolve("log"), CHALLENGES_OF_A_FLEET));
        } catch (IllegalStateException e) {
            folder.close();
            throw e;
        }
    }

    URI url() {
        return process.url();
    }

    /** Since the service was started. */
    double seconds() {
        return process.seconds();
    }

    long pid() {
        return process.pid();
    }

    HttpClient http() {
        return http;
    }

    ApiClient api() throws IOException {
        return new ApiClient(http, url(), Files.readString(process.data().resolve("api-token")).strip());
    }

    /**
     * Gives the service another revision of the delivered profile.
     *
     * @param config what to make of its config
     * @param proof what it is to want proved
     */
    NdjsonAnswer apply(UnaryOperator<String> config, String proof, Consumer<JsonNode> progress) throws IOException {
        Path delivered = Path.of(System.getProperty("slipway.home"), "config-templates", PROFILE);
        Path changed = Files.createDirectory(folder.path().resolve(PROFILE));
        Files.copy(delivered.resolve(ProfileSource.PARAMETERS), changed.resolve(ProfileSource.PARAMETERS));
        Files.writeString(changed.resolve(ProfileSource.CONFIG), config.apply(Files.readString(delivered.resolve(ProfileSource.CONFIG))));
        Files.writeString(changed.resolve(ProfileSource.PROFILE), "proof: " + proof + "\n");
        ProfileFolder profile = ProfileFolder.at(changed);
        return api().job("profiles/" + PROFILE + "/revisions", ProfileApplyCommand.archive(profile.path(), profile.read().manifest()), progress);
    }

    @Override
    public void close() throws IOException {
        http.close();
        process.close();
        folder.close();
    }
}
