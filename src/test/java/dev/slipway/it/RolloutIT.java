package dev.slipway.it;

import static dev.slipway.it.ProfileFolders.edit;
import static dev.slipway.it.ProfileFolders.welcome;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Revisions and channels, from the folder to the device, by the commands that operators have. */
class RolloutIT {

    private static final String WELCOME = "gateway is up at site";

    @TempDir
    private Path folder;

    private RunningService start(String... more) throws IOException {
        List<String> settings = new ArrayList<>(List.of("-Dslipway.profiles=" + folder.resolve("profiles"), "-Dslipway.limits.config-requests=100000"));
        settings.addAll(List.of(more));
        return RunningService.start(folder.resolve("data"), settings.toArray(String[]::new));
    }

    /** In the folder that the service takes in, for devices that an operator approves. */
    private Path profile() throws IOException {
        Path profile = ProfileFolders.gateway(folder.resolve("profiles/edge-gateway"));
        Files.writeString(profile.resolve("profile.yaml"), "proof: none\n");
        return profile;
    }

    private static String config(ConfigClient client, String device) {
        HttpResponse<String> answer = client.get(client.approve(device));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    private static JsonNode json(String output) {
        return Tools.json(output).getLast();
    }

    @Test
    void appliesListsAndRollsBack() throws IOException {
        Path profile = profile();
        try (RunningService service = start()) {
            Tools tools = new Tools(service, folder);
            ConfigClient client = new ConfigClient(service);
            String device = client.initialise("SN-1");
            assertThat(tools.done("profile", "list")).matches("edge-gateway +stable 1\n");
            assertThat(config(client, device)).contains(WELCOME);

            Path later = ProfileFolders.copy(profile, folder.resolve("later/edge-gateway"));
            welcome(later, WELCOME, "second welcome at");
            assertThat(tools.done("profile", "apply", folder.resolve("later").toString(), "--comment", "a nicer\nwelcome"))
                    .contains("edge-gateway: stable 2; tried for 1 devices");
            assertThat(config(client, device)).contains("second welcome at");
            assertThat(tools.done("profile", "apply", later.toString())).contains("stable 2; revision 2 was there already, nothing has changed");

            JsonNode shown = json(tools.done("profile", "show", "edge-gateway", "--json"));
            assertThat(shown.path("channels").path("stable").asInt()).isEqualTo(2);
            assertThat(shown.path("revisions").path(0).path("comment").asText()).isEqualTo("a nicer welcome");
            assertThat(shown.path("revisions").path(0).path("author").asText()).isEqualTo("operator");
            assertThat(shown.path("revisions").path(1).path("author").asText()).isEqualTo("folder");

            assertThat(tools.done("profile", "rollback", "edge-gateway", "--comment", "too nice")).contains("stable 1; tried for 1 devices");
            assertThat(config(client, device)).contains(WELCOME);
            Commands.Result none = tools.run("profile", "rollback", "edge-gateway");
            assertThat(none.exitCode()).isEqualTo(1);
            assertThat(none.output()).contains("no revision before 1 was ever for all devices; name one with --to");
            assertThat(tools.done("profile", "rollback", "edge-gateway", "--to", "2")).contains("stable 2");
            // What was there before is that revision again.
            assertThat(tools.done("profile", "apply", profile.toString())).contains("stable 1; tried for 1 devices");
            assertThat(tools.done("profile", "history", "edge-gateway").lines()).hasSize(5).first().asString().contains("applied", "operator", "stable 1");
            assertThat(tools.run("profile", "show", "nothing").output()).contains("there is no such profile");
        }
        Map<String, Integer> events = new TreeMap<>();
        for (String event : List.of("profile.applied", "profile.rolled-back", "profile.promoted", "profile.refused")) {
            events.put(event, Database.count(folder.resolve("data"), "select count(*) from audit_event where event = '" + event + "'"));
        }
        assertThat(events).isEqualTo(Map.of("profile.applied", 3, "profile.rolled-back", 2, "profile.promoted", 0, "profile.refused", 0));
    }

    /** Those who got the canary first go on with it as there are more of them. */
    @Test
    void givesACanaryToSomeAndThenToAll() throws IOException {
        Path profile = profile();
        try (RunningService service = start()) {
            Tools tools = new Tools(service, folder);
            ConfigClient client = new ConfigClient(service);
            List<String> devices = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                devices.add(client.initialise("SN-" + i));
            }
            welcome(profile, WELCOME, "canary at");
            assertThat(tools.done("profile", "apply", profile.toString(), "--canary", "30")).contains("stable 1, canary 2 for 30 %");
            List<String> first = devices.stream().filter(device -> config(client, device).contains("canary at")).toList();
            assertThat(first).hasSizeBetween(5, 35);
            assertThat(tools.done("profile", "apply", profile.toString(), "--canary", "70")).contains("stable 1, canary 2 for 70 %");
            List<String> more = devices.stream().filter(device -> config(client, device).contains("canary at")).toList();
            assertThat(more).containsAll(first).hasSizeBetween(first.size() + 1, 59);

            assertThat(tools.done("profile", "promote", "edge-gateway")).contains("stable 2; tried for " + (60 - more.size()) + " devices");
            assertThat(devices).allMatch(device -> config(client, device).contains("canary at"));
            assertThat(tools.run("profile", "promote", "edge-gateway").output()).contains("the profile has no canary to promote");

            welcome(profile, "canary at", "third at");
            tools.done("profile", "apply", profile.toString(), "--canary", "100");
            assertThat(config(client, devices.getFirst())).contains("third at");
            assertThat(tools.done("profile", "rollback", "edge-gateway")).contains("stable 2; tried for 60 devices");
            assertThat(config(client, devices.getFirst())).contains("canary at");
            assertThat(tools.run("profile", "apply", profile.toString(), "--canary", "101").output()).contains("the percentage of a canary is 1 to 100");
            assertThat(tools.run("profile", "apply", ProfileFolders.gateway(folder.resolve("new/gateway")).toString(), "--canary", "5").output())
                    .contains("the first revision of a profile cannot be a canary");
        }
    }

    @Test
    void refusesWhatSomeDeviceCannotHave() throws IOException {
        Path profile = profile();
        try (RunningService service = start()) {
            Tools tools = new Tools(service, folder);
            ConfigClient client = new ConfigClient(service);
            client.initialise("good-1");
            String bad = client.initialise("bad\"serial");
            edit(profile.resolve("config.ign.json"), "SLIPWAY_SITE={{ param.site }}", "SLIPWAY_SITE={{ device.serial }}");
            for (String sample : List.of("store-17", "odd-serial")) {
                Path expected = profile.resolve("samples/" + sample + ".ign.json");
                Commands.Result rendered = Commands.run(folder, Map.of(), 60, List.of(
                        Commands.launcher(), "profile", "render", profile.toString(), "--sample", sample, "--show-secrets"));
                if (rendered.exitCode() == 0) {
                    Files.writeString(expected, rendered.output());
                } else {
                    Files.delete(expected);
                    Files.delete(profile.resolve("samples/" + sample + ".yaml"));
                }
            }
            Commands.Result refused = tools.run("profile", "apply", profile.toString());
            assertThat(refused.exitCode()).isEqualTo(1);
            assertThat(refused.output())
                    .contains("device " + bad + ": edge-gateway/config.ign.json:", "error: ", "[render.value-refused]", "is refused, nothing has changed")
                    .doesNotContain("good-1");
            JsonNode problem = json(tools.run("profile", "apply", profile.toString(), "--json").output());
            assertThat(problem.path("type").asText()).isEqualTo("/problems/config-invalid");
            assertThat(problem.path("errors").path(0).path("device").asText()).isEqualTo(bad);
            assertThat(problem.path("errors").path(0).path("line").asInt()).isPositive();
            assertThat(tools.done("profile", "list")).contains("stable 1");
        }
        Path data = folder.resolve("data");
        assertThat(Database.count(data, "select count(*) from profile_revision")).isEqualTo(1);
        assertThat(Database.count(data, "select count(*) from audit_event where event = 'profile.refused'")).isEqualTo(2);
    }

    /** By hand, with tar and curl: the status says what has come of it. */
    @Test
    void takesArchivesByTheApi() throws IOException, InterruptedException {
        Path profile = profile();
        try (RunningService service = start()) {
            Files.createDirectories(profile.resolve("files"));
            byte[] large = new byte[5 << 20];
            new Random(1).nextBytes(large);
            Files.write(profile.resolve("files/firmware"), large);
            Files.writeString(profile.resolve("plan.yaml"), "- download: {source: files/firmware, name: firmware}\n");
            HttpResponse<String> applied = post(service, "edge-gateway/revisions?comment=by+hand", tar(profile));
            assertThat(applied.statusCode()).as(applied.body()).isEqualTo(200);
            assertThat(new ObjectMapper().readTree(applied.body()).path("revision").path("number").asInt()).isEqualTo(2);
            assertThat(service.data().resolve("profile-files")).isDirectoryContaining(file -> Files.isRegularFile(file) && file.toFile().length() == large.length);

            edit(profile.resolve("samples/store-17.ign.json"), "gw-eg400-000017", "gw-eg400-000018");
            HttpResponse<String> refused = post(service, "edge-gateway/revisions", tar(profile));
            assertThat(refused.statusCode()).isEqualTo(422);
            assertThat(refused.headers().firstValue("Content-Type")).contains("application/problem+json");
            assertThat(refused.body()).contains("sample.differs");
            assertThat(post(service, "edge-gateway/revisions", "no archive".getBytes()).statusCode()).isEqualTo(400);
            assertThat(post(service, "a%20b/revisions", tar(profile)).statusCode()).isEqualTo(400);
            assertThat(post(service, "nothing/promote", new byte[0]).statusCode()).isEqualTo(404);
        }
    }

    private static byte[] tar(Path profile) throws IOException {
        Process tar = new ProcessBuilder("tar", "-C", profile.toString(), "-cz", ".").start();
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        tar.getInputStream().transferTo(archive);
        return archive.toByteArray();
    }

    private static HttpResponse<String> post(RunningService service, String path, byte[] body) throws IOException, InterruptedException {
        try (HttpClient http = RunningService.http()) {
            HttpRequest request = HttpRequest.newBuilder(service.url().resolve("/api/v1/profiles/" + path))
                    .header("Authorization", "Bearer " + Files.readString(service.data().resolve("api-token")).strip())
                    .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }

    /** The folder counts until somebody applies the profile. */
    @Test
    void takesInTheFolderAsLongAsNobodyAppliedTheProfile() throws IOException {
        Path profile = profile();
        try (RunningService service = start()) {
            assertThat(service.log()).contains("edge-gateway is taken in from", "as revision 1");
        }
        welcome(profile, WELCOME, "second at");
        try (RunningService service = start()) {
            assertThat(service.log()).contains("as revision 2");
            welcome(profile, "second at", "third at");
            new Tools(service, folder).done("profile", "apply", profile.toString());
        }
        welcome(profile, "third at", "fourth at");
        try (RunningService service = start()) {
            assertThat(service.log()).contains("WARN", "is not what devices get", "./slipway profile apply " + profile.toRealPath());
            assertThat(new Tools(service, folder).done("profile", "list")).contains("stable 3");
        }
        edit(profile.resolve("config.ign.json"), "\"storage\"", "\"sturage\"");
        try (RunningService service = start()) {
            assertThat(service.log()).contains("is not what devices get");
        }
    }

    @Test
    void doesNotStartWithADefaultProfileThatCannotBeUsed() throws IOException {
        Path profile = profile();
        ProfileFolders.copy(profile, folder.resolve("profiles/other"));
        edit(folder.resolve("profiles/other/config.ign.json"), "\"storage\"", "\"sturage\"");
        try (RunningService service = start()) {
            assertThat(service.log()).contains("the profile other in");
        }
        edit(profile.resolve("config.ign.json"), "\"storage\"", "\"sturage\"");
        Commands.Result stopped = Commands.run(folder, Map.of(), 60, List.of(
                Commands.launcher(), "serve", "--data", folder.resolve("new").toString(), "--port", "0", "--tls-port", "0",
                "-Dslipway.profiles=" + folder.resolve("profiles")));
        assertThat(stopped.exitCode()).isNotZero();
        assertThat(stopped.output()).contains("ignition.unknown-key", "config.ign.json#/sturage");
    }
}
