package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What works without a service: lint, render and diff, with their exit codes. */
class ProfileCommandTest {

    private static final Path BASE = Path.of(System.getProperty("basedir", "."));

    @TempDir
    private Path folder;

    private Path gateway;
    private Path kiosk;
    private String out;
    private String err;

    @BeforeEach
    void copyProfiles() throws IOException {
        gateway = copy(BASE.resolve("config-templates/edge-gateway"), folder.resolve("all/edge-gateway"));
        kiosk = copy(BASE.resolve("src/test/resources/profiles/kiosk"), folder.resolve("all/kiosk"));
    }

    private static Path copy(Path from, Path to) throws IOException {
        try (Stream<Path> paths = Files.walk(from)) {
            for (Path path : paths.toList()) {
                Path target = to.resolve(from.relativize(path).toString());
                Files.createDirectories(target.getParent());
                Files.copy(path, target);
            }
        }
        return to;
    }

    private static void edit(Path file, String from, String to) throws IOException {
        String text = Files.readString(file);
        assertThat(text).contains(from);
        Files.writeString(file, text.replace(from, to));
    }

    private int run(Object... arguments) {
        StringWriter printed = new StringWriter();
        StringWriter complained = new StringWriter();
        int exitCode = SlipwayCommand.commandLine()
                .setOut(new PrintWriter(printed))
                .setErr(new PrintWriter(complained))
                .execute(Stream.concat(Stream.of("profile"), Stream.of(arguments).map(Object::toString)).toArray(String[]::new));
        out = printed.toString();
        err = complained.toString();
        return exitCode;
    }

    private JsonNode json(int line) throws IOException {
        return new ObjectMapper().readTree(out.lines().toList().get(line));
    }

    @Test
    void findsNothingInGoodProfiles() throws IOException {
        assertThat(run("lint", folder.resolve("all"))).as(out + err).isZero();
        assertThat(out).isEqualTo(gateway + ": fine, 2 samples tried\n" + kiosk + ": fine, 2 samples tried\n");
        assertThat(run("lint", kiosk, "--json")).isZero();
        assertThat(json(0).path("fine").asBoolean()).isTrue();
        assertThat(json(0).path("samples").toString()).isEqualTo("[\"lobby\",\"plain\"]");
    }

    @Test
    void saysWhereAProfileIsWrong() throws IOException {
        edit(kiosk.resolve("config.bu"), "mode: 0644", "mood: 0644");
        assertThat(run("lint", folder.resolve("all"))).isEqualTo(1);
        assertThat(out).contains(kiosk.resolve("config.bu") + ":20:7: error: ", gateway + ": fine");
        assertThat(run("lint", kiosk, "--json")).isEqualTo(1);
        JsonNode finding = json(0).path("findings").path(0);
        assertThat(finding.path("file").asText()).isEqualTo(kiosk.resolve("config.bu").toString());
        assertThat(finding.path("line").asInt()).isEqualTo(20);
        assertThat(finding.path("severity").asText()).isEqualTo("error");
    }

    @Test
    void saysWhereAnExpressionInJsonIsWrong() throws IOException {
        edit(gateway.resolve("config.ign.json"), "{{ param.ssh_keys }}", "{{ param.ssh_key }}");
        assertThat(run("lint", gateway)).isEqualTo(1);
        assertThat(out).contains(gateway.resolve("config.ign.json") + ":6:46: error: the expression uses a name that is not known");
    }

    @Test
    void saysWhereASampleRendersToSomethingElse() throws IOException {
        edit(gateway.resolve("samples/store-17.ign.json"), "gw-eg400-000017", "gw-eg400-000018");
        assertThat(run("lint", gateway)).isEqualTo(1);
        assertThat(out)
                .containsPattern("samples/store-17.ign.json:[0-9]+:[0-9]+: error: the sample 'store-17' renders to something else at "
                        + "storage.files\\[/etc/hostname].contents.source: in line 1, expected is 'gw-eg400-000018', it gives 'gw-eg400-000017'")
                .contains("[sample.differs]", "1 error, 2 samples tried");
    }

    @Test
    void saysWhatIsWrongWithASample() throws IOException {
        edit(gateway.resolve("samples/store-17.yaml"), "site:", "sight:");
        assertThat(run("lint", gateway)).isEqualTo(1);
        assertThat(out).contains(gateway.resolve("samples/store-17.yaml") + ":11:").contains("[parameter.unknown]");
        edit(gateway.resolve("samples/odd-serial.yaml"), "parameters:", "parameters:\n  site: 'a\"b'");
        assertThat(run("lint", gateway)).isEqualTo(1);
        assertThat(out).containsPattern("config.ign.json:[0-9]+:[0-9]+: error: for the sample 'odd-serial': ");
    }

    @Test
    void warnsOfStrangersAndOfSamplesWithoutExpectation() throws IOException {
        Files.writeString(gateway.resolve("paramters.yaml"), "[]");
        Files.writeString(gateway.resolve("README.md"), "for people");
        Files.delete(gateway.resolve("samples/store-17.ign.json"));
        assertThat(run("lint", gateway)).isZero();
        assertThat(out).contains("paramters.yaml: warning: ", "[profile.unknown-file]", "--sample store-17 --show-secrets >samples/store-17.ign.json")
                .doesNotContain("README");
    }

    @Test
    void knowsWrongUsage() {
        assertThat(run("lint", folder.resolve("nothing"))).isEqualTo(2);
        assertThat(err).contains("there is no folder " + folder.resolve("nothing"));
        assertThat(run("lint", BASE.resolve("src"))).isEqualTo(2);
        assertThat(run("lint")).isEqualTo(2);
        assertThat(run("render", folder)).isEqualTo(2);
        assertThat(run("diff")).isEqualTo(2);
        assertThat(run("render", kiosk, "--sample", "nope")).isEqualTo(1);
        assertThat(err).contains("has no sample 'nope'; it has [lobby, plain]");
    }

    @Test
    void rendersSamplesAndMasksTheirSecrets() throws IOException {
        assertThat(run("render", gateway, "--sample", "store-17")).as(err).isZero();
        assertThat(out).contains("gw-eg400-000017", "data:,********%0A").doesNotContain("not-a-real-token");
        assertThat(run("render", gateway, "--sample", "store-17", "--show-secrets", "--param", "site=Hall 3")).isZero();
        assertThat(out).contains("not-a-real-token", "SLIPWAY_SITE=Hall 3");
        assertThat(run("render", gateway, "--json")).isZero();
        assertThat(out.lines()).hasSize(2);
        assertThat(json(0).path("sample").asText()).isEqualTo("odd-serial");
        assertThat(json(0).path("config").path("ignition").path("version").asText()).isEqualTo("3.4.0");
    }

    @Test
    void rendersForADeviceOfAFile() throws IOException {
        Path device = Files.writeString(folder.resolve("device.yaml"), "device: {serial: AB-1, guid: g}\nparameters: {gateway_token: t}\n");
        assertThat(run("render", gateway, "--device", device)).as(err).isZero();
        assertThat(out).contains("gw-ab-1");
        assertThat(run("render", gateway, "--device", device, "--param", "ssh_keys=[]", "--param", "nonsense=1")).isEqualTo(1);
        assertThat(err).contains("error: the profile declares no parameter 'nonsense'");
        assertThat(run("render", gateway, "--device", device, "--sample", "store-17")).isEqualTo(2);
    }

    @Test
    void findsNoDifferenceBetweenAProfileAndItself() {
        assertThat(run("diff", gateway, gateway)).isZero();
        assertThat(out).isEmpty();
    }

    @Test
    void tellsWhatIsDifferent() throws IOException {
        Path later = copy(gateway, folder.resolve("later/edge-gateway"));
        edit(later.resolve("config.ign.json"), "After=network-online.target", "After=network.target");
        edit(later.resolve("samples/store-17.yaml"), "not-a-real-token", "not-a-real-token-either");
        edit(later.resolve("plan.yaml"), "/etc/slipway/config.ign", "/etc/slipway/other.ign");
        Files.writeString(later.resolve("profile.yaml"), "proof: attested\n");
        assertThat(run("diff", gateway, later)).isEqualTo(1);
        assertThat(out).contains(
                "  proof\n    - ownership\n    + attested\n",
                "sample store-17\n",
                "  storage.files[/etc/slipway/gateway-token].contents.source\n    ~ a secret in it has changed: ********\n",
                "  systemd.units[slipway-welcome.service].contents\n",
                "    - After=network-online.target\n    + After=network.target\n",
                "plan[download config /etc/slipway/other.ign] (added)").doesNotContain("not-a-real");
        assertThat(run("diff", gateway, later, "--json")).isEqualTo(1);
        assertThat(out.lines()).hasSize(3);
        assertThat(json(2).path("sample").asText()).isEqualTo("store-17");
        assertThat(json(2).path("changes").path(0).path("secret").asBoolean()).isTrue();
    }

    @Test
    void tellsOfSamplesThatOnlyOneHas() throws IOException {
        Path later = copy(gateway, folder.resolve("later/edge-gateway"));
        Files.delete(later.resolve("samples/store-17.yaml"));
        assertThat(run("diff", gateway, later)).isEqualTo(1);
        assertThat(out).isEqualTo("sample store-17: only in " + gateway + "\n");
        edit(later.resolve("plan.yaml"), "source: config", "source: files/none");
        assertThat(run("diff", gateway, later)).isEqualTo(1);
        assertThat(err).contains(later.resolve("plan.yaml") + ":");
    }
}
