package dev.slipway.it;

import static dev.slipway.it.ProfileFolders.edit;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What would be different for real devices, and what they get and why. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProfileDiffIT {

    @TempDir
    private static Path folder;

    private RunningService service;
    private Tools tools;
    private String device;

    @BeforeAll
    void start() {
        service = RunningService.start(folder.resolve("data"));
        tools = new Tools(service, folder);
        ConfigClient client = new ConfigClient(service);
        device = client.initialise("GW-1");
        client.initialise("GW-2");
        client.initialise("bad\"serial");
    }

    @AfterAll
    void stop() {
        service.close();
    }

    private static Path changed(String name) throws IOException {
        return ProfileFolders.gateway(folder.resolve(name + "/edge-gateway"));
    }

    @Test
    void findsNoDifferenceInWhatDevicesGet() throws IOException {
        Path same = changed("same");
        assertThat(tools.done("profile", "diff", same.toString())).isEqualTo("3 devices: no difference\n");
    }

    /** Nothing that was compared is stored. */
    @Test
    void tellsWhatWouldBeDifferentForDevices() throws IOException {
        Path later = changed("later");
        edit(later.resolve("config.ign.json"), "'gw-' + device.serial.lowerAscii()", "'edge-' + device.serial.lowerAscii()");
        edit(later.resolve("config.ign.json"), "{{ param.gateway_token }}\\n", "token {{ param.gateway_token }}\\n");
        edit(later.resolve("plan.yaml"), "/etc/slipway/config.ign", "/etc/slipway/other.ign");
        Commands.Result diff = tools.run("profile", "diff", later.toString());
        assertThat(diff.exitCode()).isEqualTo(1);
        assertThat(diff.output()).contains(
                "beside the config\n",
                "2 devices, for instance ",
                "  storage.files[/etc/hostname].contents.source\n    - gw-gw-",
                "    + edge-gw-",
                "    - ********\n    + token ********\n",
                "1 devices, for instance ");
        assertThat(diff.output()).doesNotContain(Files.readString(service.data().resolve("parameters.yaml")).replaceAll("(?s).*gateway_token: \"([^\"]+)\".*", "$1"));
        JsonNode json = Tools.json(tools.run("profile", "diff", later.toString(), "--json").output()).getLast();
        assertThat(json.path("groups")).hasSize(2);
        assertThat(tools.get("profiles/edge-gateway").path("revisions")).hasSize(1);
    }

    @Test
    void tellsWhichDevicesCouldNotHaveIt() throws IOException {
        Path later = changed("refused");
        edit(later.resolve("config.ign.json"), "SLIPWAY_SITE={{ param.site }}", "SLIPWAY_SITE={{ device.serial }}");
        Commands.Result diff = tools.run("profile", "diff", later.toString());
        assertThat(diff.exitCode()).isEqualTo(1);
        assertThat(diff.output()).contains("2 devices, for instance ", ": config.ign.json#/systemd/units/0/contents: ");
    }

    @Test
    void comparesTwoRevisions() throws IOException {
        Path profile = ProfileFolders.gateway(folder.resolve("other/other-gateway"));
        tools.done("profile", "apply", profile.toString());
        ProfileFolders.welcome(profile, "gateway is up", "gateway is down");
        tools.done("profile", "apply", profile.toString());
        JsonNode diff = tools.get("profiles/other-gateway/diff?from=1&to=2");
        assertThat(diff.path("unchanged").asInt()).as("no device is assigned to it").isZero();
        assertThat(tools.get("profiles/other-gateway/diff?from=1&to=3").path("status").asInt()).isEqualTo(404);
        assertThat(tools.get("profiles/other-gateway/diff").path("status").asInt()).isEqualTo(400);
    }

    @Test
    void showsWhatADeviceGetsAndWhereItComesFrom() {
        String preview = tools.done("profile", "render", "edge-gateway", "--for", device);
        assertThat(preview)
                .contains("gw-gw-1", "data:,********%0A")
                .containsPattern("/storage/files/0/contents/source +config.ign.json:16:21 device.serial device.guid")
                .containsPattern("/storage/files/1/contents/source +config.ign.json:22:33 param.gateway_token")
                .containsPattern("/ignition/version +config.ign.json:2:28\n");
        JsonNode json = tools.get("devices/" + device + "/config-preview");
        assertThat(json.at("/profiles/0/profile").asText()).isEqualTo("edge-gateway");
        assertThat(json.at("/profiles/0/revision").asInt()).isEqualTo(1);
        assertThat(json.path("config").path("systemd").path("units").path(0).path("contents").asText()).contains("SLIPWAY_SITE=unassigned");
        Commands.Result other = tools.run("profile", "render", "kiosk", "--for", device);
        assertThat(other.exitCode()).isEqualTo(1);
        assertThat(other.output()).contains("the device gets the profile edge-gateway, not kiosk");
        for (List<String> wrong : List.of(List.of("--sample", "store-17"), List.of("--show-secrets"))) {
            List<String> command = new ArrayList<>(List.of("profile", "render", "edge-gateway", "--for", device));
            command.addAll(wrong);
            assertThat(tools.run(command.toArray(String[]::new)).exitCode()).isEqualTo(2);
        }
    }
}
