package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The launcher and its commands, as people and scripts use them. */
class CommandsIT {

    @TempDir
    private Path folder;

    private Commands.Result slipway(Map<String, String> environment, String... arguments) {
        List<String> command = new ArrayList<>(List.of(Commands.launcher()));
        command.addAll(List.of(arguments));
        return Commands.run(folder, environment, 150, command);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', value = {
        "--help | 0 | ./slipway demo", "serve --help | 0 | --tls-port", "test --help | 0 | Nothing is skipped", "demo --help | 0 | --once",
        "simulate --help | 0 | --devices", "bench --help | 0 | --parallel", "unknown | 2 | there is no command 'unknown'",
        "serve --port 70000 | 2 | a port is a number up to 65535", "serve --port | 2 | needs a value", "serve --nonsense | 2 | does not know '--nonsense'",
        "simulate | 2 | --url", "bench --devices many | 2 | many", "simulate --url http://127.0.0.1:1 --parallel 0 | 2 | less than 1"
    })
    void explainsItselfAndItsMistakes(String arguments, int exitCode, String output) {
        Commands.Result result = slipway(Map.of(), arguments.split(" "));
        assertThat(result.output()).contains(output.strip());
        assertThat(result.exitCode()).isEqualTo(exitCode);
    }

    /** On a machine whose only JDK is too old. */
    @Test
    void saysHowToGetAJdk() throws IOException {
        Path programs = Files.createDirectories(folder.resolve("jdk/bin"));
        Path javac = Files.writeString(programs.resolve("javac"), "#!/bin/sh\necho javac 17.0.9\n");
        Files.setPosixFilePermissions(javac, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path none = Files.createDirectory(folder.resolve("jvm"));
        Commands.Result result = slipway(
                Map.of("PATH", programs + ":/usr/bin:/bin", "JAVA_HOME", "/nowhere", "SLIPWAY_JVM_FOLDERS", none.toString()), "serve");
        assertThat(result.output()).contains("no JDK 21 or newer found", "apt-get install");
        assertThat(result.exitCode()).isEqualTo(3);
    }

    @Test
    void simulatesAFleetAndFailsWhenADeviceDoes() throws IOException {
        try (RunningService service = RunningService.start(folder.resolve("data"))) {
            Commands.Result fleet = slipway(Map.of(), "simulate", "--url", service.url().toString(), "--devices", "20", "--parallel", "8");
            assertThat(fleet.exitCode()).as(fleet.output()).isZero();
            assertThat(fleet.output()).contains("onboarded       20  failed 0", "TO2_DONE");
            Commands.Result tls = slipway(
                    Map.of(), "simulate", "--url", "https://localhost:" + service.tlsPort(), "--devices", "2", "--key", "ec384", "--json",
                    "--ca", service.data().resolve("keys/tls.pem").toString());
            assertThat(tls.exitCode()).as(tls.output()).isZero();
            assertThat(tls.output()).contains("\"done\" : 2");
        }
        Commands.Result nobody = slipway(Map.of(), "simulate", "--url", "http://127.0.0.1:" + FreePort.find(), "--devices", "2");
        assertThat(nobody.exitCode()).isEqualTo(1);
        assertThat(nobody.output()).contains("failed 2");
    }

    @Test
    void refusesADataFolderInUseAndSettingsThatItDoesNotKnow() {
        try (RunningService service = RunningService.start(folder.resolve("data"))) {
            Commands.Result second = slipway(Map.of(), "serve", "--data", service.data().toString(), "--port", "0", "--tls-port", "0");
            assertThat(second.exitCode()).isEqualTo(1);
            assertThat(second.output()).contains("is in use by another process");
        }
        Commands.Result unknown = slipway(Map.of(), "serve", "--data", "other", "--port", "0", "--tls-port", "0", "-Dslipway.profil=x");
        assertThat(unknown.exitCode()).isNotZero();
        assertThat(unknown.output()).contains("slipway.profil");
        Commands.Result profile = slipway(Map.of(), "serve", "--data", "other", "--port", "0", "--tls-port", "0", "-Dslipway.profile=nonsense");
        assertThat(profile.exitCode()).isNotZero();
        assertThat(profile.output()).contains("there is no profile 'nonsense'", "slipway.profile");
    }

    @Test
    void endsWithinTenSecondsOfSigterm() throws InterruptedException, IOException {
        RunningService service = RunningService.start(folder.resolve("data"));
        service.process().destroy();
        assertThat(service.process().waitFor(10, TimeUnit.SECONDS)).isTrue();
        try (RunningService again = RunningService.start(service.data())) {
            assertThat(Files.list(again.data())).isNotEmpty();
        }
    }

    @Test
    void takesSettingsFromTheDataFolder() throws IOException {
        Path data = Files.createDirectory(folder.resolve("data"));
        Files.writeString(data.resolve("slipway.properties"), "slipway.public-url=http://from-the-file.example:81\n");
        try (RunningService service = RunningService.start(data)) {
            assertThat(service.log()).contains("devices are told http://from-the-file.example:81");
        }
    }
}
