package dev.slipway.ops;

import dev.slipway.fdo.type.RandomSource;
import dev.slipway.keystore.KeyFileException;
import dev.slipway.keystore.KeyFolder;
import dev.slipway.keystore.ServerCertificate;
import dev.slipway.transport.MessageGate;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logging.Logger;

/** The service: takes its data folder, makes what is missing there, and only then starts to listen. */
@QuarkusMain
public final class Server implements QuarkusApplication {

    private static final Logger LOG = Logger.getLogger(Server.class);
    private static final int CANNOT_START = 1;
    /** Together with the framework's own limit for what else is served, less than the ten seconds that a stop may take. */
    private static final Duration DRAIN_LIMIT = Duration.ofSeconds(6);

    private final MessageGate gate;

    Server(MessageGate gate) {
        this.gate = gate;
    }

    public static void main(String[] arguments) {
        try {
            prepare(ConfigProvider.getConfig());
        } catch (StartException | KeyFileException | IllegalStateException e) {
            System.err.println("slipway cannot start: " + e.getMessage());
            System.exit(CANNOT_START);
        }
        Quarkus.run(Server.class, arguments);
    }

    private static void prepare(Config config) {
        CryptoProviders.install();
        DataFolder data = DataFolder.take(config.getValue("slipway.data", Path.class));
        Optional<Path> passphraseFile = config.getOptionalValue("slipway.keys.passphrase-file", Path.class);
        RandomSource random = new SystemRandom();
        KeyFolder keys = KeyRing.folder(data.path(), passphraseFile, random, Clock.systemUTC());
        KeyRing.of(keys, random);
        new ApiTokenFile(data.path(), Clock.systemUTC()).prepare(random);
        String publicHost = config.getValue("slipway.public-url", URI.class).getHost();
        System.setProperty("quarkus.http.ssl.certificate.key-store-file", ServerCertificate.ensure(keys, publicHost).toString());
        System.setProperty("quarkus.http.ssl.certificate.key-store-file-type", "PKCS12");
        System.setProperty("quarkus.http.ssl.certificate.key-store-password", keys.passphrase());
    }

    /** Runs while everything is listening, from the start to the answer of the last message. */
    @Override
    public int run(String... arguments) throws InterruptedException {
        Config config = ConfigProvider.getConfig();
        String host = config.getValue("quarkus.http.host", String.class);
        System.out.printf(
                "slipway ready: http://%s:%s https://%s:%s, devices are told %s, data in %s%n",
                host,
                config.getValue("quarkus.http.port", String.class),
                host,
                config.getValue("quarkus.http.ssl-port", String.class),
                config.getValue("slipway.public-url", String.class),
                config.getValue("slipway.data", String.class));
        Quarkus.waitForExit();
        if (!gate.closeAndDrain(DRAIN_LIMIT)) {
            LOG.warnf("messages were still in progress after %d s", DRAIN_LIMIT.toSeconds());
        }
        return 0;
    }
}
