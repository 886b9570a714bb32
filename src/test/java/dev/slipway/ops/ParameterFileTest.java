package dev.slipway.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure;
import dev.slipway.failure.Finding;
import dev.slipway.fdo.type.RandomSource;
import dev.slipway.ignition.DeviceFacts;
import dev.slipway.ignition.Profile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParameterFileTest {

    private static final Profile EDGE_GATEWAY =
            ProfileFolder.of(Path.of(System.getProperty("basedir", "."), "config-templates"), "edge-gateway").parse();

    /** Counts up, so that the text in the file is known. */
    private static final RandomSource RANDOM = octets -> {
        byte[] values = new byte[octets];
        for (int i = 0; i < octets; i++) {
            values[i] = (byte) i;
        }
        return Bytes.owning(values);
    };

    @TempDir
    private Path folder;

    private Path file() {
        return folder.resolve("parameters.yaml");
    }

    private Finding refusal(Profile profile) {
        Failure.ConfigInvalid failure = catchThrowableOfType(Failure.ConfigInvalid.class, () -> new ParameterFile(file(), RANDOM).load(profile));
        assertThat(failure).as("refusal").isNotNull();
        return failure.findings().getFirst();
    }

    @Test
    void firstStartMakesAFileThatWorksWithoutAnyConfiguration() throws IOException {
        var values = new ParameterFile(file(), RANDOM).load(EDGE_GATEWAY);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file()))).isEqualTo("rw-------");
        assertThat(Files.readString(file())).contains("\nssh_keys: []\n").contains("\nsite: \"unassigned\"\n")
                .contains("\ngateway_token: \"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8\"\n");
        assertThat(folder).isDirectoryContaining(path -> path.endsWith("parameters.yaml"));
        try (var entries = Files.list(folder)) {
            assertThat(entries.count()).isEqualTo(1);
        }
        String config = new String(EDGE_GATEWAY.render(new DeviceFacts("g", "S1", "m", "f", Map.of()), values).octets().toArray(),
                StandardCharsets.UTF_8);
        assertThat(config).contains("data:,AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8%0A").contains("data:,gw-s1%0A").doesNotContain("passwd");
    }

    @Test
    void laterStartsKeepTheFile() throws IOException {
        new ParameterFile(file(), RANDOM).load(EDGE_GATEWAY);
        String before = Files.readString(file());
        new ParameterFile(file(), octets -> Bytes.owning(new byte[octets])).load(EDGE_GATEWAY);
        assertThat(Files.readString(file())).isEqualTo(before);
    }

    @Test
    void refusesAFileThatOthersMayRead() throws IOException {
        new ParameterFile(file(), RANDOM).load(EDGE_GATEWAY);
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r-----"));
        assertThat(refusal(EDGE_GATEWAY).message()).contains("chmod 600 " + file());
    }

    @Test
    void namesFileLineAndColumnOfAMistake() throws IOException {
        new ParameterFile(file(), RANDOM).load(EDGE_GATEWAY);
        Files.writeString(file(), "gateway_token: x\nssh_keys: none\n");
        assertThat(refusal(EDGE_GATEWAY)).isEqualTo(
                Finding.error("yaml.type", file() + ":2:11", "the parameter 'ssh_keys' must be a list of texts"));
    }

    @Test
    void namesTheFileAndTheLineToAddForAParameterThatMustBeGiven() throws IOException {
        Path profile = Files.createDirectories(folder.resolve("profiles/p"));
        Files.writeString(profile.resolve("config.ign.json"), "{\"ignition\": {\"version\": \"3.4.0\"}}");
        Files.writeString(profile.resolve("parameters.yaml"), "- {name: realm, type: string, required: true, description: The realm.}");
        Finding finding = refusal(ProfileFolder.of(folder.resolve("profiles"), "p").parse());
        assertThat(finding.path()).isEqualTo(file().toString());
        assertThat(finding.message()).contains("add a line 'realm: …'");
        assertThat(Files.readString(file())).contains("# realm: write a text here");
    }
}
