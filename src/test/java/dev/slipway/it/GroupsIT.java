package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.bytes.Bytes;
import dev.slipway.fdo.kex.CipherSuite;
import dev.slipway.fdo.kex.KexSuite;
import dev.slipway.fdo.type.KeyType;
import dev.slipway.ignition.assignment.Group;
import dev.slipway.ignition.assignment.GroupReader;
import dev.slipway.ops.SystemRandom;
import dev.slipway.simulator.Latencies;
import dev.slipway.simulator.VirtualDevice;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What an operator does with groups and assignments, and what devices get by it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GroupsIT {

    private static final String SECRET = "a-secret-that-is-nowhere-else-5b1c";

    @TempDir
    private static Path folder;

    private RunningService service;
    private ConfigClient client;
    private Tools tools;

    /** One service for all, without a default: a device waits until somebody gives it something. */
    @BeforeAll
    void start() throws IOException {
        profile("base", "", "proof: none", "/etc/base", "base of {{ device.serial }}");
        profile("site", "- {name: site, type: string, required: true, description: Where it is.}", "proof: none", "/etc/site",
                "{{ param.site }} {{ device.manufacturer }}");
        profile("guarded", "- {name: token, type: string, required: true, secret: true, description: A token.}", "proof: none", "/etc/token",
                "{{ param.token }}");
        profile("strict", "", "proof: attested", "/etc/strict", "strict");
        service = RunningService.start(
                folder.resolve("data"), "-Dslipway.profiles=" + folder.resolve("profiles"), "-Dslipway.profile=none");
        client = new ConfigClient(service);
        tools = new Tools(service, folder);
    }

    private void profile(String name, String parameters, String proof, String path, String contents) throws IOException {
        Path profile = Files.createDirectories(folder.resolve("profiles").resolve(name));
        Files.writeString(profile.resolve("parameters.yaml"), parameters);
        Files.writeString(profile.resolve("profile.yaml"), proof);
        Files.writeString(profile.resolve("config.ign.json"), """
                {"ignition": {"version": "3.4.0"}, "storage": {"files": [{"path": "%s", "mode": 384, "contents": {"inline": "%s"}}]}}
                """.formatted(path, contents));
    }

    @AfterAll
    void stop() {
        service.close();
    }

    /** What one test made is not in the way of the next. */
    @AfterEach
    void removeTheGroups() {
        tools.get("groups").path("groups").forEach(group -> client.api("DELETE", "/api/v1/groups/" + group.path("name").asText()));
    }

    private int events(String id) {
        return Database.count(service.data(), "select count(*) from audit_event where event = '" + id + "'");
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    /** As {@code ./slipway group apply} does, without a program for each. */
    private String apply(String yaml) {
        StringBuilder outcomes = new StringBuilder();
        for (Group group : GroupReader.read("groups.yaml", Bytes.owning(yaml.getBytes(StandardCharsets.UTF_8)))) {
            String document = Arrays.stream(yaml.split("\\n---\\n")).filter(text -> text.contains("name: " + group.name())).findFirst().orElseThrow();
            outcomes.append(group.name()).append(' ').append(put("groups/" + group.name(), document).path("outcome").asText()).append('\n');
        }
        return outcomes.toString();
    }

    private JsonNode put(String path, String body) {
        try (HttpClient http = RunningService.http()) {
            HttpRequest request = HttpRequest.newBuilder(service.url().resolve("/api/v1/" + path))
                    .header("Authorization", "Bearer " + Files.readString(service.data().resolve("api-token")).strip())
                    .PUT(HttpRequest.BodyPublishers.ofString(body))
                    .build();
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            return new ObjectMapper().readTree(answer.body());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(path, e);
        }
    }

    private String profiles(String guid) {
        StringBuilder names = new StringBuilder();
        tools.get("devices/" + guid).path("profiles").forEach(name -> names.append(name.asText()).append(' '));
        return names.toString().strip();
    }

    @Test
    void selectsDevicesByEverythingThatIsKnownOfThem() throws IOException {
        int changed = events("group.changed");
        int removed = events("group.removed");
        int labelled = events("device.labelled");
        String first = client.initialise("NORTH-1");
        String second = client.initialise("SOUTH-1");
        assertThat(tools.done("device", "list")).contains("(waits)");
        String manufacturer = tools.get("devices/" + first).path("manufacturer").asText();
        assertThat(manufacturer).isNotBlank();
        List<String> selectors = List.of(
                "{serial: 'NORTH-?'}",
                "{devices: [" + first + "]}",
                "{devices: [NORTH-1]}",
                "{when: \"device.serial.startsWith('NORTH')\"}",
                "{labels: {region: north}}",
                "{labels: {region: north}, model: gateway, manufacturer: '" + manufacturer + "', when: \"device.labels['region'] == 'north'\"}");
        assertThat(tools.done("device", "label", first, "region=north", "rack=7")).isEqualTo("rack=7\nregion=north\n");
        for (String selector : selectors) {
            assertThat(apply("{name: g, select: " + selector + ", profile: base}")).startsWith("g c");
            assertThat(profiles(first)).as(selector).isEqualTo("base");
            assertThat(profiles(second)).as(selector).isEmpty();
        }
        assertThat(tools.done("device", "label", first, "region-")).isEqualTo("rack=7\n");
        assertThat(profiles(first)).as("unlabelled").isEmpty();
        assertThat(tools.done("device", "list")).contains("rack=7");
        assertThat(apply("{name: g, select: {model: 'gate*', serial: '*H-1'}, profile: base}")).isEqualTo("g changed\n");
        assertThat(profiles(first) + profiles(second)).isEqualTo("basebase");
        assertThat(apply("{name: g, select: {model: 'gate*', serial: '*H-1'}, profile: base}")).isEqualTo("g unchanged\n");
        tools.done("group", "remove", "g");
        assertThat(profiles(first)).isEmpty();
        assertThat(tools.run("group", "remove", "g").output()).contains("there is no such group");
        assertThat(events("group.changed")).isEqualTo(changed + 7);
        assertThat(events("group.removed")).isEqualTo(removed + 1);
        assertThat(events("device.labelled")).isEqualTo(labelled + 2);
    }

    @Test
    void givesAWaitingDeviceItsConfigSoonAfterSomebodyAssignsIt() throws IOException {
        String guid = client.initialise("WAIT-1");
        String authorization = client.approve(guid);
        HttpResponse<String> waiting = client.get(authorization);
        assertThat(waiting.statusCode()).isEqualTo(503);
        assertThat(waiting.headers().firstValue("Retry-After")).isPresent();
        assertThat(client.get(authorization).statusCode()).isEqualTo(503);
        assertThat(tools.done("device", "show", guid)).contains("ticket       unused until ").doesNotContain(", profile ");

        String why = tools.done("device", "assign", guid, "--profile", "base");
        assertThat(why).contains("profile      base ", ", by the device, for devices that prove 'none'").doesNotContain("GETS NOTHING");
        HttpResponse<String> config = client.get(authorization);
        assertThat(config.statusCode()).isEqualTo(200);
        assertThat(config.body()).contains("data:,base%20of%20WAIT-1");
        assertThat(tools.done("device", "show", guid)).contains("ticket       leased until ", ", profile base ");
        tools.done("device", "unassign", guid);
        assertThat(client.get(authorization).body()).as("leased").isEqualTo(config.body());
        assertThat(tools.done("device", "why", guid)).contains("GETS NOTHING");
        assertThat(tools.run("device", "unassign", guid).output()).contains("the device has nothing of its own");
    }

    @Test
    void letsADeviceBeginItsOnboardingWhenSomebodyHasAssignedIt() throws IOException {
        VirtualDevice.Model model = new VirtualDevice.Model(KeyType.SECP256R1, KexSuite.ECDH256, CipherSuite.A128GCM, "gateway");
        VirtualDevice device = new VirtualDevice(model, "TO2-1", RunningService.http(), new Latencies(), new SystemRandom());
        device.initialize(service.url());
        String guid = device.credential().guid().toString();
        VirtualDevice.Owner owner = device.findOwner();
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> device.onboard(owner)).hasMessageContaining("6");
        }
        assertThat(service.log()).contains("message 60 refused: not-yet: " + guid + ": nobody has given the device a profile");
        assertThat(service.log().split("message 60 refused: not-yet: " + guid)).as("told once").hasSize(2);
        apply("{name: all, select: {serial: 'TO2-*'}, profile: base}");
        assertThat(device.onboard(device.findOwner())).containsKey("/etc/slipway/config.ign");
        assertThat(tools.get("devices/" + guid).path("state").asText()).isEqualTo("onboarded");
    }

    @Test
    void mergesTheProfilesOfAllGroups() throws IOException {
        String guid = client.initialise("LAYER-1");
        Path groups = file("groups.yaml", """
                {name: bottom, priority: 1, select: {serial: '*'}, profile: base}
                ---
                {name: top, priority: 2, select: {serial: 'LAYER-*'}, profile: site, parameters: {site: "seventeen"}}
                """);
        assertThat(tools.done("group", "apply", groups.toString())).isEqualTo("bottom created\ntop created\n");
        assertThat(tools.done("group", "apply", groups.toString(), "--json")).contains("\"outcome\":\"unchanged\"").hasLineCount(2);
        String authorization = client.approve(guid);
        HttpResponse<String> config = client.get(authorization);
        assertThat(config.statusCode()).isEqualTo(200);
        assertThat(config.body()).contains("\"/etc/base\"", "data:,base%20of%20LAYER-1", "\"/etc/site\"", "data:,seventeen%20");
        assertThat(tools.done("device", "show", guid)).contains(", profile base ", ", profile site ");
        assertThat(service.log()).contains("profile=base,site revision=");
        JsonNode why = Tools.json(tools.done("device", "why", guid, "--json")).getFirst();
        assertThat(why.path("profiles").findValuesAsText("name")).containsExactly("base", "site");
        assertThat(why.path("parameters").path(0).toString())
                .isEqualTo("{\"name\":\"site\",\"value\":\"seventeen\",\"origin\":\"group top\",\"used\":true}");
        apply("{name: top, priority: 2, select: {serial: 'LAYER-*'}, profile: strict}");
        Commands.Result refused = tools.run("device", "approve", guid);
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.output()).contains("the profile strict takes devices that have proved 'attested'");
    }

    @Test
    void refusesGroupsThatDisagreeOverADeviceAndNamesThem() throws IOException {
        String guid = client.initialise("BOTH-1");
        apply("{name: first, priority: 5, select: {serial: 'BOTH-*'}, profile: base}");
        Commands.Result refused = tools.run(
                "group", "apply", file("second.yaml", "{name: second, priority: 5, select: {labels: {ring: canary}}, profile: site}").toString());
        assertThat(refused.exitCode()).as("no device has that label").isZero();
        String authorization = client.approve(guid);
        tools.done("device", "label", guid, "ring=canary");
        assertThat(client.get(authorization).statusCode()).isEqualTo(503);
        assertThat(tools.done("device", "why", guid)).contains("GETS NOTHING", "'first' and 'second' both have this device and the priority 5");
        assertThat(service.log()).contains("a config request was refused: config-invalid: error group.disagreement at " + guid);
        refused = tools.run("group", "apply", file("third.yaml", "{name: third, priority: 5, select: {model: gateway, serial: 'BOTH*'}, profile: strict}").toString());
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.output()).contains("the group third is refused", guid, "'first' and 'third' both have this device", "(base, strict)");
        assertThat(tools.done("group", "list")).doesNotContain("third");
        apply("{name: second, priority: 6, select: {labels: {ring: canary}}, profile: site, parameters: {site: x}}");
        assertThat(client.get(authorization).statusCode()).isEqualTo(200);
        assertThat(Database.count(service.data(), "select count(*) from audit_event where event = 'config.refused' and guid = '" + guid + "'"))
                .isEqualTo(1);
    }

    @Test
    void keepsSecretsToItself() throws IOException {
        String guid = client.initialise("SECRET-1");
        Path secret = file("token.txt", SECRET + "\n");
        StringBuilder said = new StringBuilder();
        Path groups = file("secret.yaml", "{name: all, select: {serial: '*'}, profile: guarded, parameters: {site: open}, secrets: {token: " + SECRET + "-of-the-group}}");
        said.append(tools.done("group", "apply", groups.toString(), "--json"));
        said.append(tools.done("group", "list")).append(tools.done("group", "list", "--json")).append(tools.done("group", "show", "all"));
        said.append(tools.done("device", "why", guid)).append(tools.done("device", "why", guid, "--json"));
        said.append(tools.done("device", "assign", guid, "--profile", "guarded", "--secret-param", "token=@" + secret, "--param", "unheard_of=" + SECRET));
        said.append(tools.done("device", "why", guid)).append(tools.done("device", "show", guid)).append(tools.done("device", "list", "--json"));
        said.append(client.api("GET", "/api/v1/devices/" + guid + "/assignment").body()).append(client.api("GET", "/api/v1/groups").body());
        said.append(tools.run("device", "assign", guid, "--secret-param", "token=" + "x").output());
        assertThat(said.toString()).contains("token: '********'", "parameter    token = ********, by the device", "\"site\":\"open\"");
        assertThat(said.toString()).doesNotContain(SECRET);

        Path shown = file("shown.yaml", tools.done("group", "show", "all"));
        assertThat(tools.done("group", "apply", shown.toString())).isEqualTo("all unchanged\n");
        assertThat(client.get(client.approve(guid)).body()).contains("data:," + SECRET + "\"");
        tools.done("device", "unassign", guid);
        assertThat(client.get(client.approve(guid)).body()).contains("data:," + SECRET + "-of-the-group\"");
        assertThat(service.log()).doesNotContain(SECRET);
        for (String name : List.of("slipway.db", "slipway.db-wal")) {
            Path database = service.data().resolve(name);
            if (Files.exists(database)) {
                assertThat(new String(Files.readAllBytes(database), StandardCharsets.ISO_8859_1)).as(name).doesNotContain(SECRET);
            }
        }
        assertThat(Database.count(service.data(), "select count(*) from device_group where parameters like '%\"site\":\"open\"%'")).isEqualTo(1);
    }

    @Test
    void tellsOperatorsOfTheirMistakes() throws IOException {
        String guid = client.initialise("ERR-1");
        Commands.Result result = tools.run("group", "apply", file("bad.yaml", "name: x\nselect: {when: 'device.seriel'}\nprio: 1\n").toString());
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.output()).contains("bad.yaml:2:16", "known are device.guid", "bad.yaml:3:7", "'prio' is not known");
        result = tools.run("group", "apply", file("early.yaml", "{name: early, profile: later, parameters: {later: x}}").toString());
        assertThat(result.exitCode()).isZero();
        assertThat(result.output()).contains(
                "early created", "the group early: there is no profile 'later'", "no profile declares 'later'; its value is kept as a secret");
        result = tools.run("device", "assign", guid, "--profile", "nothing");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.output()).contains("there is no profile 'nothing'");
        assertThat(tools.run("device", "assign", guid).exitCode()).isEqualTo(2);
        assertThat(tools.run("device", "label", guid, "x").exitCode()).isEqualTo(2);
        assertThat(tools.run("device", "label", guid, "a b=1").output()).contains("the name of a label consists of");
        assertThat(tools.done("device", "assign", guid, "--profile", "site")).contains("GETS NOTHING", "the profile site requires this parameter");
        assertThat(tools.done("device", "assign", guid, "--profile", "site", "--param", "site=1")).doesNotContain("GETS NOTHING");
        HttpResponse<String> stale = client.api("DELETE", "/api/v1/devices/" + guid + "/assignment", "If-Match", "\"1\"");
        assertThat(stale.statusCode()).isEqualTo(409);
        assertThat(stale.body()).contains("is at version 2 by now, not 1");
        assertThat(client.api("DELETE", "/api/v1/devices/" + guid + "/assignment", "If-Match", "x").statusCode()).isEqualTo(400);
        assertThat(client.api("GET", "/api/v1/devices/" + guid + "/assignment").headers().firstValue("ETag")).contains("\"2\"");
        assertThat(client.api("DELETE", "/api/v1/devices/" + guid + "/assignment", "If-Match", "\"2\"").statusCode()).isEqualTo(204);
        assertThat(service.log()).doesNotContain("ERROR");
    }
}
