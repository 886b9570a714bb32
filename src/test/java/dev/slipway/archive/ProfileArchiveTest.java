package dev.slipway.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.failure.Failure;
import dev.slipway.failure.Finding;
import dev.slipway.ignition.AvailableProfile;
import dev.slipway.ignition.ProfileLint;
import dev.slipway.ignition.ProfileManifest.Entry;
import dev.slipway.ignition.ProfileSource;
import dev.slipway.ignition.rollout.ContentStore;
import dev.slipway.ignition.rollout.StagedContents;
import dev.slipway.ops.ProfileFolder;
import dev.slipway.persistence.ContentFolder;
import dev.slipway.persistence.StagingArea;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives into storage: real ones come out as the folder that they were made of, hostile ones do not come in. */
class ProfileArchiveTest {

    private static final Path BASE = Path.of(System.getProperty("basedir", "."));
    private static final long MAX_OCTETS = 9 << 20;

    @TempDir
    private Path folder;

    private ContentStore store;

    @BeforeEach
    void makeStore() {
        store = new StagingArea(new ContentFolder(folder.resolve("contents")), MAX_OCTETS);
    }

    private StagedContents read(byte[] archive) {
        return read(new ByteArrayInputStream(archive));
    }

    private StagedContents read(InputStream archive) {
        ContentStore.Staging staging = store.begin();
        ProfileArchive.read(archive, staging);
        return staging.finish();
    }

    /** With a small profile in it already. */
    private final class Tar {

        private final ByteArrayOutputStream octets = new ByteArrayOutputStream();
        private final TarArchiveOutputStream tar = new TarArchiveOutputStream(octets, StandardCharsets.UTF_8.name());

        Tar() {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
            file("config.ign.json", "{\"ignition\": {\"version\": \"3.4.0\"}}").file("parameters.yaml", "[]");
        }

        Tar file(String path, String contents) {
            return entry(new TarArchiveEntry(path, true), contents.getBytes(StandardCharsets.UTF_8));
        }

        Tar link(String path, byte type, String target) {
            TarArchiveEntry entry = new TarArchiveEntry(path, type);
            entry.setLinkName(target);
            return entry(entry, new byte[0]);
        }

        Tar entry(TarArchiveEntry entry, byte[] contents) {
            try {
                entry.setSize(contents.length);
                tar.putArchiveEntry(entry);
                tar.write(contents);
                tar.closeArchiveEntry();
                return this;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        byte[] octets() {
            try {
                tar.close();
                return octets.toByteArray();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static byte[] gzip(byte[] octets) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(octets);
        }
        return packed.toByteArray();
    }

    /** The delivered profile, one in Butane with a tree, and one with whatever a folder can hold. */
    private List<ProfileFolder> folders() throws IOException {
        Path all = Files.createDirectories(folder.resolve("everything"));
        Files.writeString(all.resolve("config.bu"), "variant: fcos\nversion: 1.5.0\nstorage:\n  trees:\n    - local: tree\n");
        Files.writeString(all.resolve("parameters.yaml"), "[]");
        Files.writeString(all.resolve("plan.yaml"), "- download: {source: files/large, name: large}\n- download: {source: files/alias, name: alias}\n");
        Files.writeString(all.resolve("README.md"), "for people");
        String deep = "files/tree/" + "a name of some length/".repeat(8);
        Files.createDirectories(all.resolve(deep));
        Files.createDirectories(all.resolve("files/tree/empty"));
        Files.writeString(all.resolve(deep + "ü"), "deep");
        Path script = Files.writeString(all.resolve("files/tree/run"), "#!/bin/sh\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createSymbolicLink(all.resolve("files/tree/zone"), Path.of("/usr/share/zoneinfo/UTC"));
        Files.createSymbolicLink(all.resolve("files/alias"), Path.of("tree/../large"));
        byte[] large = new byte[3 << 20];
        new Random(1).nextBytes(large);
        Files.write(all.resolve("files/large"), large);
        return List.of(
                ProfileFolder.at(BASE.resolve("config-templates/edge-gateway")),
                ProfileFolder.at(BASE.resolve("src/test/resources/profiles/kiosk")),
                ProfileFolder.at(all));
    }

    private void assertThatItIs(ProfileFolder original, StagedContents contents) {
        ProfileSource expected = original.read();
        assertThat(contents.manifest()).isEqualTo(expected.manifest());
        ProfileSource source = ProfileSource.of(original.path().getFileName().toString(), contents);
        assertThat(source.localFiles()).isEqualTo(expected.localFiles());
        assertThat(source.revision()).isEqualTo(expected.revision());
        ProfileLint lint = ProfileLint.of(source);
        assertThat(lint.isFine()).as(lint.findings().toString()).isTrue();
        assertThat(lint.samples()).isEqualTo(ProfileLint.of(expected).samples());
    }

    @Test
    void bringsAFolderThroughAnArchiveOfOurs() throws IOException {
        for (ProfileFolder original : folders()) {
            ByteArrayOutputStream archive = new ByteArrayOutputStream();
            ArchiveWriter.write(original.path(), original.read().manifest(), archive);
            assertThatItIs(original, read(archive.toByteArray()));
            assertThatItIs(original, read(gzip(archive.toByteArray())));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--format=gnu", "--format=pax", "--format=posix -z", "--format=gnu -z"})
    void bringsAFolderThroughAnArchiveOfTar(String options) throws IOException, InterruptedException {
        for (ProfileFolder original : folders()) {
            List<String> command = Stream.concat(
                    Stream.of("tar", "-C", original.path().toString(), "-c"), Stream.concat(Arrays.stream(options.split(" ")), Stream.of("."))).toList();
            Process tar = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
            StagedContents contents = read(tar.getInputStream());
            assertThat(tar.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThatItIs(original, contents);
        }
    }

    @Test
    void streamsWhatAPlanSends() throws IOException {
        ProfileFolder original = folders().get(2);
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        ArchiveWriter.write(original.path(), original.read().manifest(), archive);
        AvailableProfile profile = AvailableProfile.of("everything", read(archive.toByteArray()));
        byte[] large = Files.readAllBytes(original.path().resolve("files/large"));
        for (String source : List.of("files/large", "files/alias")) {
            assertThat(profile.files().open(source).length()).isEqualTo(large.length);
            assertThat(profile.files().open(source).read(1_000_000, 1000).toArray()).isEqualTo(Arrays.copyOfRange(large, 1_000_000, 1_001_000));
        }
    }

    private String refusal(byte[] archive) {
        try {
            ProfileSource.of("p", read(archive));
            return "taken";
        } catch (Failure.ConfigInvalid e) {
            return String.join(",", e.findings().stream().map(Finding::id).distinct().toList());
        } catch (Failure.Malformed | Failure.TooLarge e) {
            return e.getClass().getSimpleName();
        }
    }

    @Test
    void takesASmallOne() {
        assertThat(refusal(new Tar().file("./files/a", "x").octets())).isEqualTo("taken");
        assertThat(refusal(new Tar().file("README", "x").file(".gitignore", "x").octets())).isEqualTo("taken");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc/passwd", "../x", "files/../../x", "files//x", "files/./x", "other", "files/a\nb", "config.ign.json/x", "samples", "files"})
    void takesNothingThatLeadsElsewhere(String path) {
        assertThat(refusal(new Tar().file(path, "x").octets())).isIn("profile.path");
        assertThat(folder.resolve("x")).doesNotExist();
    }

    /** What is in a folder of git, a README that is a folder, and names that only look so. */
    @Test
    void passesOverWhatIsForPeopleWithAllBelow() {
        assertThat(refusal(new Tar().file("./.git/HEAD", "x").file(".git/objects/ab/cd", "y").file("README/x", "z")
                        .link(".git/link", TarConstants.LF_SYMLINK, "HEAD").octets()))
                .isEqualTo("taken");
        assertThat(refusal(new Tar().file("docs/.git", "x").octets())).isEqualTo("profile.path");
        assertThat(refusal(new Tar().file("..", "x").octets())).isEqualTo("profile.path");
    }

    @Test
    void tellsOfEachRefusedFileOnceAlsoOfLongOnes() {
        byte[] archive = new Tar().entry(new TarArchiveEntry("docs/long.pdf"), new byte[300_000]).file("other", "x").octets();
        assertThatThrownBy(() -> read(archive)).isInstanceOfSatisfying(Failure.ConfigInvalid.class, refused ->
                assertThat(refused.findings()).extracting(Finding::path).containsExactly("docs/long.pdf", "other"));
    }

    @Test
    void blamesNoArchiveForTheDisk() throws IOException {
        Files.delete(folder.resolve("contents/incoming"));
        byte[] archive = new Tar().entry(new TarArchiveEntry("files/large"), new byte[20_000]).octets();
        assertThatThrownBy(() -> read(archive)).isInstanceOf(Failure.Internal.class).hasMessageContaining("disk");
    }

    @Test
    void takesNoLinksOutAndNoneThatAreNoSymbolicLinks() {
        for (String target : new String[] {"/etc/passwd", "../config.ign.json", "nothing", "link", "sub/../../x"}) {
            assertThat(refusal(new Tar().link("files/link", TarConstants.LF_SYMLINK, target).octets())).as(target).isEqualTo("profile.link");
        }
        assertThat(refusal(new Tar().file("files/a", "x").link("files/link", TarConstants.LF_SYMLINK, "a").octets())).isEqualTo("taken");
        assertThat(refusal(new Tar().link("plan.yaml", TarConstants.LF_SYMLINK, "parameters.yaml").octets())).isEqualTo("profile.link");
        for (byte type : new byte[] {TarConstants.LF_LINK, TarConstants.LF_CHR, TarConstants.LF_BLK, TarConstants.LF_FIFO}) {
            assertThat(refusal(new Tar().link("files/x", type, "parameters.yaml").octets())).as("type %d", type).isEqualTo("Malformed");
        }
    }

    @Test
    void takesNothingTwiceAndNothingBelowAFile() {
        assertThat(refusal(new Tar().file("parameters.yaml", "[]").octets())).isEqualTo("profile.duplicate");
        assertThat(refusal(new Tar().file("files/a", "x").file("./files/a", "y").octets())).isEqualTo("profile.duplicate");
        assertThat(refusal(new Tar().file("files/a", "x").file("files/a/b", "y").octets())).isEqualTo("profile.path");
    }

    @Test
    void takesNoMoreThanTheLimits() throws IOException {
        assertThat(refusal(new Tar().file("plan.yaml", " ".repeat((1 << 20) + 1)).octets())).isEqualTo("TooLarge");
        Tar many = new Tar();
        for (int i = 0; i <= 1000; i++) {
            many.file("files/" + i, "");
        }
        assertThat(refusal(many.octets())).isEqualTo("profile.too-many-files");
        Tar more = new Tar();
        for (int i = 0; i < 4000; i++) {
            more.file("README." + i, "");
        }
        assertThat(refusal(more.octets())).isEqualTo("TooLarge");
        TarArchiveEntry longName = new TarArchiveEntry("././@LongLink", TarConstants.LF_GNUTYPE_LONGNAME);
        assertThat(refusal(new Tar().entry(longName, "x".repeat(100_000).getBytes(StandardCharsets.UTF_8)).file("files/x", "").octets()))
                .isEqualTo("TooLarge");
        Tar small = new Tar();
        for (int i = 0; i < 900; i++) {
            small.entry(new TarArchiveEntry("files/" + i), new byte[10_000]);
        }
        assertThat(refusal(small.octets())).isEqualTo("TooLarge");
        assertThat(refusal(new Tar().entry(new TarArchiveEntry("files/zeros"), new byte[(int) MAX_OCTETS]).octets())).isEqualTo("TooLarge");
        try (Stream<Path> left = Files.list(folder.resolve("contents/incoming"))) {
            assertThat(left).isEmpty();
        }
    }

    /** Sixty megabytes of zeros become sixty kilobytes, and the other way round. */
    @Test
    void takesNoBombs() throws IOException {
        store = new StagingArea(new ContentFolder(folder.resolve("contents")), 100 << 20);
        byte[] bomb = gzip(new Tar().entry(new TarArchiveEntry("files/zeros"), new byte[60 << 20]).octets());
        assertThat(bomb.length).isLessThan(100_000);
        assertThat(refusal(bomb)).isEqualTo("TooLarge");
        assertThat(refusal(gzip(new Tar().entry(new TarArchiveEntry("README"), new byte[60 << 20]).octets()))).isEqualTo("TooLarge");
    }

    @Test
    void takesNothingThatIsCutOff() throws IOException {
        byte[] whole = new Tar().file("files/a", "x".repeat(2000)).file("plan.yaml", "[]").octets();
        assertThat(refusal(whole)).isEqualTo("taken");
        int last = 4 * 512 + 512 + 2048 + 1024;
        for (int length = 0; length <= last; length += 256) {
            assertThat(refusal(Arrays.copyOf(whole, length))).as("%d octets of %d", length, last).isEqualTo("Malformed");
        }
        byte[] packed = gzip(whole);
        for (int length = 0; length < packed.length - 8; length++) {
            assertThat(refusal(Arrays.copyOf(packed, length))).as("%d octets, packed", length).isEqualTo("Malformed");
        }
        assertThat(refusal("no archive at all, but a text".repeat(100).getBytes(StandardCharsets.UTF_8))).isEqualTo("Malformed");
    }

    /** Whatever is changed, it is refused in one of the known ways, or taken as a profile. */
    @Test
    void refusesOrTakesWhateverComes() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        byte[] whole = new Tar().file("files/a", "x".repeat(2000)).link("files/l", TarConstants.LF_SYMLINK, "a").file("files/" + "n".repeat(200), "y").octets();
        for (int i = 0; i < 2000; i++) {
            byte[] changed = whole.clone();
            for (int j = 0; j <= random.nextInt(4); j++) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt();
            }
            assertThat(refusal(changed)).as("seed %d", seed).isNotNull();
        }
    }

    @Test
    void keepsLargeFilesUnderTheirHash() throws IOException {
        StagedContents contents = read(new Tar().entry(new TarArchiveEntry("files/large"), new byte[20_000]).octets());
        Entry.File large = (Entry.File) contents.manifest().find("files/large").orElseThrow();
        assertThat(folder.resolve("contents").resolve(large.sha256().toHex())).hasSize(20_000);
        assertThat(contents.open("files/large").read(0, 20_000).toArray()).isEqualTo(new byte[20_000]);
        assertThatThrownBy(() -> contents.open("files")).isInstanceOf(Failure.NotFound.class);
    }
}
