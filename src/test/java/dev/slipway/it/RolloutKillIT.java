package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.archive.ArchiveWriter;
import dev.slipway.ops.ProfileFolder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service is killed at random moments while profiles are applied: each revision is there whole, with its move and event, or not at all. */
class RolloutKillIT {

    private static final int KILLS = 4;
    private static final int SMALL_FILES = 150;
    private static final int LARGE_OCTETS = 4 << 20;
    /** Of the folder that is taken in: config, parameters, and who may have it. Others have a plan, and files, too. */
    private static final int FIRST_ENTRIES = 3;
    private static final int ENTRIES = FIRST_ENTRIES + 1 + 1 + 1 + SMALL_FILES;

    @TempDir
    private Path folder;

    private final AtomicInteger version = new AtomicInteger(1);
    private final AtomicInteger acknowledged = new AtomicInteger();
    private Random random;

    /** Another one each time: its large file, and what its config says. */
    private byte[] archive(int number) throws IOException {
        Path profile = folder.resolve("profiles/edge-gateway");
        Path next = Files.createDirectories(folder.resolve("next/edge-gateway"));
        for (String document : new String[] {"parameters.yaml", "profile.yaml"}) {
            Files.writeString(next.resolve(document), Files.readString(profile.resolve(document)));
        }
        Files.writeString(next.resolve("config.ign.json"),
                Files.readString(profile.resolve("config.ign.json")).replace("gateway is up at site", "version " + number + " is up at site"));
        Files.writeString(next.resolve("plan.yaml"), "- download: {source: files/large, name: large}\n- download: {source: config, name: config}\n");
        Files.createDirectories(next.resolve("files/small"));
        for (int i = 0; i < SMALL_FILES; i++) {
            Files.writeString(next.resolve("files/small/" + i), "version " + number);
        }
        byte[] large = new byte[LARGE_OCTETS];
        random.nextBytes(large);
        Files.write(next.resolve("files/large"), large);
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        ArchiveWriter.write(next, ProfileFolder.at(next).read().manifest(), archive);
        return archive.toByteArray();
    }

    private RunningService start() {
        return RunningService.start(
                folder.resolve("data"), "-Dslipway.profiles=" + folder.resolve("profiles"), "-Dslipway.limits.config-requests=100000");
    }

    @Test
    void hasEachRevisionWholeOrNotAtAll() throws IOException, InterruptedException, ExecutionException {
        long seed = System.nanoTime();
        random = new Random(seed);
        ConfigClient.profiles(folder, "none", "3.4.0");
        String device;
        try (RunningService service = start()) {
            device = new ConfigClient(service).initialise("KILL-1");
        }
        for (int kill = 0; kill < KILLS; kill++) {
            applyAndKill(start(), random.nextInt(2_000));
            assertThatEachRevisionIsWhole(seed);
        }
        assertThat(acknowledged.get()).as("revisions that were acknowledged, seed %d", seed).isPositive();
        try (RunningService service = start()) {
            int stable = new Tools(service, folder).get("profiles/edge-gateway").path("channels").path("stable").asInt();
            ConfigClient client = new ConfigClient(service);
            assertThat(client.get(client.approve(device)).body()).as("seed %d", seed).contains(stable == 1 ? "gateway is up at site" : " is up at site");
            assertThat(post(service, archive(version.incrementAndGet()))).as("seed %d", seed).isEqualTo(200);
        }
        assertThatEachRevisionIsWhole(seed);
    }

    /** @param milliseconds after the first was acknowledged */
    private void applyAndKill(RunningService service, int milliseconds) throws InterruptedException, ExecutionException {
        int before = acknowledged.get();
        try (ExecutorService executor = Executors.newSingleThreadExecutor()) {
            Future<?> applying = executor.submit(() -> {
                while (post(service, archive(version.incrementAndGet())) == 200) {
                    acknowledged.incrementAndGet();
                }
                return null;
            });
            while (acknowledged.get() == before && !applying.isDone()) {
                Thread.sleep(1);
            }
            Thread.sleep(milliseconds);
            assertThat(applying.isDone()).as("the service took everything so far").isFalse();
            service.kill();
            applying.get();
        }
    }

    /** The status; 0 if the service was killed. */
    private static int post(RunningService service, byte[] archive) throws InterruptedException, IOException {
        HttpRequest request = HttpRequest.newBuilder(service.url().resolve("/api/v1/profiles/edge-gateway/revisions"))
                .header("Authorization", "Bearer " + Files.readString(service.data().resolve("api-token")).strip())
                .POST(HttpRequest.BodyPublishers.ofByteArray(archive))
                .build();
        try (HttpClient http = RunningService.http()) {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            return 0;
        }
    }

    private void assertThatEachRevisionIsWhole(long seed) {
        Path data = folder.resolve("data");
        int revisions = Database.count(data, "select count(*) from profile_revision");
        assertThat(revisions).as("revisions, seed %d", seed).isGreaterThanOrEqualTo(1 + acknowledged.get());
        assertThat(Database.count(data, "select count(*) from profile_entry")).as("entries, seed %d", seed)
                .isEqualTo(FIRST_ENTRIES + (revisions - 1) * ENTRIES);
        assertThat(Database.count(data, "select count(*) from profile_move")).as("moves, seed %d", seed).isEqualTo(revisions);
        assertThat(Database.count(data, "select count(*) from audit_event where event = 'profile.applied'")).as("events, seed %d", seed).isEqualTo(revisions);
        assertThat(Database.count(data, "select stable from profile_channel")).as("stable, seed %d", seed).isEqualTo(revisions);
        assertThat(largeFiles(data)).as("large files, seed %d", seed).isEqualTo(revisions - 1);
    }

    /** How many large files of revisions are on disk with the contents that they should have. */
    private static int largeFiles(Path data) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("slipway.db"));
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select hex(sha256), length from profile_entry where kind = 'FILE' and contents is null")) {
            int good = 0;
            while (rows.next()) {
                String name = rows.getString(1).toLowerCase(Locale.ROOT);
                byte[] contents = Files.readAllBytes(data.resolve("profile-files").resolve(name));
                assertThat(contents).hasSize(rows.getInt(2));
                assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(contents))).isEqualTo(name);
                good++;
            }
            return good;
        } catch (SQLException | IOException | NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
