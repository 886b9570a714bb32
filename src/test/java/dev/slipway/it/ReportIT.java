package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A machine that came up from a delivered profile reports that, with the ticket that its config was fetched with, and so ends its lease. */
class ReportIT {

    private static final String PROFILE = "flatcar-sensor-gateway";

    @TempDir
    private Path folder;

    /** Real Ignition writes the files, and curl does what the unit says. */
    @Test
    void endsTheLeaseByWhatTheConfigBrings() throws IOException {
        try (RunningService running = RunningService.start(
                folder.resolve("data"), "-Dslipway.profiles=" + profiles(), "-Dslipway.profile=" + PROFILE)) {
            ConfigClient client = new ConfigClient(running);
            String device = client.initialise("SG-1");
            String authorization = client.approve(device);
            HttpResponse<String> config = client.get(authorization);
            assertThat(config.statusCode()).as(config.body()).isEqualTo(200);

            Path root = apply(config.body());
            Path report = root.resolve("etc/slipway/report.conf");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(report))).isEqualTo("rw-------");
            Files.writeString(report, Files.readString(report).replace("/etc/slipway", root + "/etc/slipway"));
            String unit = Files.readString(root.resolve("etc/systemd/system/slipway-report.service"));
            String command = unit.lines().filter(line -> line.startsWith("ExecStart=")).findFirst().orElseThrow().substring("ExecStart=".length());
            Commands.Result reported = Commands.run(folder, Map.of(), 30, List.of(command.replace("/etc/slipway", root + "/etc/slipway").split(" ")));
            assertThat(reported.exitCode()).as(reported.output()).isZero();

            assertThat(new Tools(running, folder).done("device", "show", device)).contains("ticket       reported at ");
            assertThat(client.get(authorization).statusCode()).isEqualTo(403);
        }
    }

    private Path profiles() throws IOException {
        Path templates = Commands.baseFolder().resolve("config-templates");
        Path profiles = folder.resolve("profiles");
        try (Stream<Path> files = Files.walk(templates.resolve(PROFILE))) {
            for (Path file : files.toList()) {
                Path copy = profiles.resolve(templates.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
        Files.writeString(profiles.resolve(PROFILE).resolve("profile.yaml"), "proof: none\n");
        return profiles;
    }

    /** Users are not made: that takes a whole system. Nor are units enabled, for which there is no systemd, so the last step fails. */
    private Path apply(String json) throws IOException {
        ObjectNode config = (ObjectNode) Tools.json(json).get(0);
        config.remove("passwd");
        Path file = Files.writeString(folder.resolve("config.ign"), config.toString());
        Path program = Files.createSymbolicLink(folder.resolve("ignition-apply"), Path.of(Commands.tool("ignition")));
        Path root = Files.createDirectory(folder.resolve("root"));
        Commands.Result applied = Commands.run(
                folder, Map.of(), 60, List.of(program.toString(), "--root", root.toString(), "--offline", file.toString()));
        assertThat(applied.output()).contains("setting preset to enabled for \"slipway-report.service\"");
        return root;
    }
}
