package dev.slipway.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.bytes.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContentFolderTest {

    /** Of the text "abc". */
    private static final Bytes ABC = Bytes.fromHex("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");

    private static final Instant NOW = Instant.now();
    private static final Instant LONG_AGO = NOW.minus(Duration.ofDays(1));

    @TempDir
    private Path temporary;

    private Path path;
    private ContentFolder folder;

    @BeforeEach
    void make() {
        path = temporary.resolve("files");
        folder = new ContentFolder(path);
    }

    private Path kept() throws IOException {
        folder.keep(Files.writeString(folder.newFile(), "abc"), ABC);
        return path.resolve(ABC.toHex());
    }

    @Test
    void keepsAFileUnderItsHashForItsOwnerOnly() throws IOException {
        assertThat(kept()).hasContent("abc");
        assertThat(folder.open(ABC, 3, Bytes.EMPTY).read(1, 2)).isEqualTo(Bytes.of((byte) 'b', (byte) 'c'));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path))).isEqualTo("rwx------");
        assertThat(path.resolve("incoming")).isEmptyDirectory();
    }

    @Test
    void deletesWhatBelongsToNothingAfterAWhile() throws IOException {
        Path file = kept();
        Path cutOff = Files.writeString(folder.newFile(), "ab");
        assertThat(folder.deleteOrphans(Set.of(), NOW)).isZero();
        Files.setLastModifiedTime(file, FileTime.from(LONG_AGO));
        Files.setLastModifiedTime(cutOff, FileTime.from(LONG_AGO));
        assertThat(folder.deleteOrphans(Set.of(ABC.toHex()), NOW)).isEqualTo(1);
        assertThat(cutOff).doesNotExist();
        assertThat(file).exists();
        assertThat(folder.deleteOrphans(Set.of(), NOW)).isEqualTo(1);
        assertThat(file).doesNotExist();
    }

    /** It belonged to nothing for long, and is about to belong to something. */
    @Test
    void keepsAFileThatCameAgain() throws IOException {
        Files.setLastModifiedTime(kept(), FileTime.from(LONG_AGO));
        Path file = kept();
        assertThat(folder.deleteOrphans(Set.of(), NOW)).isZero();
        assertThat(file).exists();
    }
}
