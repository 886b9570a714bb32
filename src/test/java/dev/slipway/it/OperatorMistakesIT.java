package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.Vectors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an operator gets wrong is said in a line, with what to do. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OperatorMistakesIT {

    private static final String GUID = "7026fea1-e985-403a-906f-c74a10400195";

    @TempDir
    private static Path folder;

    private RunningService service;
    private Tools tools;

    @BeforeAll
    void start() {
        service = RunningService.start(folder.resolve("data"));
        tools = new Tools(service, folder);
        tools.done("owner-key", "import", Vectors.file("captures/keys/owner-secp256r1.key.pem").toString());
    }

    @AfterAll
    void stop() {
        service.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "owner-key import /nowhere                   | slipway: there is no file /nowhere",
        "owner-key import /                          | slipway: / is a folder; name a file",
        "trust add owner /nowhere                    | slipway: there is no file /nowhere",
        "trust add nobody /etc/hostname              | slipway: there is device-ca, manufacturer, owner, tpm-ca and tpm-ek",
        "voucher extend " + GUID + " --to /nowhere   | slipway: there is no file /nowhere",
        "voucher import /nowhere                     | slipway: there is no file /nowhere",
        "voucher verify /                            | slipway: / is a folder; name a file",
        "voucher show nonsense                       | slipway: 'nonsense' is neither a GUID nor a file",
        "voucher export nonsense                     | slipway: 'nonsense' is no GUID; ./slipway voucher list shows them",
        "voucher show 00000000000000000000000000000000 | slipway: there is no such voucher",
        "device show nonsense                        | slipway: there is no such device",
        "voucher list --ca /nowhere                  | slipway: there is no file /nowhere"
    })
    void saysWhatIsWrong(String command, String text) {
        boolean offline = command.startsWith("voucher verify");
        Commands.Result result = offline ? alone(command.split(" ")) : tools.run(command.split(" "));
        assertThat(result.output().strip()).isEqualTo(text);
        assertThat(result.exitCode()).isEqualTo(1);
    }

    private static Commands.Result alone(String... arguments) {
        List<String> command = new ArrayList<>(List.of(Commands.launcher()));
        command.addAll(List.of(arguments));
        return Commands.run(folder, Map.of(), 60, command);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://127.0.0.1:1", "127.0.0.1:8080", "http://"})
    void saysWhatAUrlIs(String url) {
        Commands.Result result = alone("voucher", "list", "--url", url);
        assertThat(result.output()).contains("'" + url + "' is no URL such as http://127.0.0.1:8080");
        assertThat(result.exitCode()).isEqualTo(2);
    }

    @Test
    void saysHowToTrustAService() {
        String url = "https://127.0.0.1:" + service.tlsPort();
        Commands.Result result = alone("voucher", "list", "--url", url, "--data", service.data().toString());
        assertThat(result.output()).startsWith("slipway: no trust in " + url).endsWith("; name its certificates with --ca\n");
        String ca = service.data().resolve("keys/tls.pem").toString();
        assertThat(alone("voucher", "list", "--url", url, "--data", service.data().toString(), "--ca", ca).exitCode()).isZero();
    }

    /** Of all that matches a pattern, some is something else. */
    @Test
    void importsTheVouchersAmongManyFiles() throws IOException {
        Path cut = Files.writeString(folder.resolve("cut.pem"), Vectors.text("captures/csdk-ecdsa384-gcm/voucher.pem").substring(0, 400));
        String key = Vectors.file("captures/keys/owner-secp256r1.key.pem").toString();
        String voucher = Vectors.file("captures/csdk-ecdsa256-gcm/voucher.pem").toString();
        Commands.Result result = tools.run("voucher", "import", key, cut.toString(), voucher);
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.output())
                .contains(
                        "slipway: " + key + " holds neither a PEM block OWNERSHIP VOUCHER nor the CBOR of a voucher\n",
                        "slipway: " + cut + " ends in the middle of a voucher\n",
                        GUID + " imported\n")
                .endsWith("1 imported, 0 unchanged, 0 refused, 2 files not read\n");
    }
}
