package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hundred thousand rows in one file: all of them, or nothing. */
class DeviceTableIT {

    private static final int ROWS = 100_000;
    private static final int SECONDS = 400;
    private static final String SECRET = "row-secret-9c4e-";

    @TempDir
    private Path folder;

    private Path data() {
        return folder.resolve("data");
    }

    private Path table(String name, IntFunction<String> row) throws IOException {
        Path file = folder.resolve(name);
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("serial,label:site,gateway_token,site\r\n");
            for (int i = 0; i < ROWS; i++) {
                out.write(row.apply(i));
                out.write("\r\n");
            }
        }
        return file;
    }

    private static String row(int i) {
        return "EG-" + i + ",site " + i % 100 + "," + SECRET + i + ",\"Store " + i + ", back\"";
    }

    private Commands.Result apply(RunningService service, Path file, String... more) {
        List<String> command = new ArrayList<>(List.of(
                Commands.launcher(), "group", "table", "apply", file.toString(), "--url", service.url().toString(), "--data", data().toString()));
        command.addAll(List.of(more));
        return Commands.run(folder, Map.of(), SECONDS, command);
    }

    private int stored() {
        return Database.count(data(), "select count(*) from device_row");
    }

    private int uploaded() {
        return Database.count(data(), "select count(*) from device_row_upload");
    }

    @Test
    void takesInAllOfATableOrNothing() throws Exception {
        String profiles = ConfigClient.profiles(folder, "none", "3.4.0");
        Path good = table("good.csv", DeviceTableIT::row);
        leavesNothingWhenItIsKilled(profiles, good);
        try (RunningService service = RunningService.start(data(), profiles)) {
            assertThat(uploaded()).as("rows left behind").isZero();
            int before = stored();
            assertThat(before).as("all or nothing").isIn(0, ROWS);
            Commands.Result applied = apply(service, good);
            assertThat(applied.exitCode()).as(applied.output()).isZero();
            assertThat(applied.output())
                    .contains("good.csv: 10 % sent", "good.csv: 100 % sent")
                    .endsWith(before == 0 ? "100000 added, 0 changed, 0 unchanged, 0 removed\n" : "0 added, 0 changed, 100000 unchanged, 0 removed\n");
            assertThat(apply(service, good, "--json").output()).contains("{\"added\":0,\"changed\":0,\"unchanged\":100000,\"removed\":0,\"unknown\":[]}");

            refusesAllForOneBadRow(service);
            servesADeviceByItsRow(service);
            replacesTheTable(service);
        }
        assertThat(Database.count(data(), "select count(*) from audit_event where event = 'table.applied'")).isEqualTo(2);
        for (String name : List.of("slipway.db", "slipway.db-wal")) {
            if (Files.exists(data().resolve(name))) {
                assertThat(new String(Files.readAllBytes(data().resolve(name)), StandardCharsets.ISO_8859_1)).as(name).doesNotContain(SECRET);
            }
        }
    }

    /** Once in the middle, and once when everything is there but the end. */
    private void leavesNothingWhenItIsKilled(String profiles, Path file) throws Exception {
        for (int rows : List.of(10_000, ROWS)) {
            RunningService service = RunningService.start(data(), profiles);
            CompletableFuture<Commands.Result> upload = CompletableFuture.supplyAsync(() -> apply(service, file));
            while (uploaded() < rows && !upload.isDone()) {
                RunningService.pause(5);
            }
            service.kill();
            Commands.Result result = upload.get();
            assertThat(stored()).as("after " + result.output()).isIn(0, result.exitCode() == 0 || rows == ROWS ? ROWS : 0);
        }
    }

    private void refusesAllForOneBadRow(RunningService service) throws IOException {
        Path bad = table("bad.csv", i -> i == 70_000 ? row(i) + ",more" : i == 80_000 ? row(5) : "X" + row(i));
        Commands.Result refused = apply(service, bad);
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.output())
                .contains("line 70002: there are 5 cells in this row, and 4 columns")
                .contains("the config is not valid");
        assertThat(stored()).isEqualTo(ROWS);
        assertThat(Database.count(data(), "select count(*) from device_row where device like 'X%'")).isZero();
        assertThat(uploaded()).isZero();
    }

    private void servesADeviceByItsRow(RunningService service) {
        ConfigClient client = new ConfigClient(service);
        Tools tools = new Tools(service, folder);
        String guid = client.initialise("EG-4711");
        assertThat(client.get(client.approve(guid)).body()).contains("data:," + SECRET + "4711%0A", "SLIPWAY_SITE=Store 4711, back");
        String why = tools.done("device", "why", guid);
        assertThat(why).contains("label        site=site 11", "parameter    gateway_token = ********, by the table, row EG-4711").doesNotContain(SECRET);
        assertThat(client.api("GET", "/api/v1/device-table?limit=3&after=EG-47").body())
                .contains("\"device\":\"EG-470\"", "********", "\"next\":\"EG-47000\"").doesNotContain(SECRET);
    }

    private void replacesTheTable(RunningService service) throws IOException {
        Path small = Files.writeString(folder.resolve("small.csv"), "serial,site\nEG-1,Store 1\nEG-new,x\n");
        assertThat(apply(service, small, "--replace").output()).endsWith("1 added, 1 changed, 0 unchanged, 99999 removed\n");
        assertThat(stored()).isEqualTo(2);
        Tools tools = new Tools(service, folder);
        assertThat(tools.done("group", "table", "list")).startsWith("EG-1 ").contains("EG-new").hasLineCount(2);
        tools.done("group", "table", "remove", "EG-new");
        assertThat(tools.run("group", "table", "remove", "EG-new").output()).contains("there is no such row");
    }
}
