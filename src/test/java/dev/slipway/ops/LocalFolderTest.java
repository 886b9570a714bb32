package dev.slipway.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.bytes.Bytes;
import dev.slipway.ignition.butane.LocalFiles.Entry;
import dev.slipway.ignition.butane.LocalFiles.Unavailable;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalFolderTest {

    @TempDir
    private Path outside;

    private Path folder;
    private LocalFolder files;

    @BeforeEach
    void makeAFolder() throws IOException {
        folder = Files.createDirectories(outside.resolve("files/etc")).getParent();
        Files.writeString(outside.resolve("secret"), "s");
        Files.writeString(folder.resolve("etc/motd"), "hello");
        files = LocalFolder.of(folder);
    }

    private static Bytes bytes(String text) {
        return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private void isUnavailable(String path, String why) {
        assertThatThrownBy(() -> files.read(path)).as(path).isInstanceOf(Unavailable.class).hasMessageContaining(why)
                .hasMessageNotContaining(outside.toString());
    }

    @Test
    void readsFilesInside() throws Exception {
        assertThat(files.read("etc/motd")).isEqualTo(bytes("hello"));
        isUnavailable("etc/nope", "there is no");
        isUnavailable("etc", "is no file");
        isUnavailable("", "is no file");
    }

    @Test
    void followsLinksInsideAndNoneThatLeaves() throws Exception {
        Files.createSymbolicLink(folder.resolve("in"), Path.of("etc/motd"));
        Files.createSymbolicLink(folder.resolve("out"), Path.of("../secret"));
        Files.createSymbolicLink(folder.resolve("around"), outside);
        Files.createSymbolicLink(folder.resolve("nowhere"), Path.of("nope"));
        assertThat(files.read("in")).isEqualTo(bytes("hello"));
        isUnavailable("out", "leads out of the folder");
        isUnavailable("around/secret", "leads out of the folder");
        isUnavailable("../secret", "leads out of the folder");
        isUnavailable("nowhere", "there is no");
        assertThatThrownBy(() -> files.tree("around")).isInstanceOf(Unavailable.class).hasMessageContaining("leads out");
    }

    @Test
    void isNoLinkItself() throws Exception {
        Path link = Files.createSymbolicLink(outside.resolve("link"), folder);
        LocalFolder linked = LocalFolder.of(link);
        assertThatThrownBy(() -> linked.read("etc/motd")).isInstanceOf(Unavailable.class);
        assertThatThrownBy(() -> LocalFolder.of(outside.resolve("nope")).read("a")).isInstanceOf(Unavailable.class);
    }

    @Test
    void listsTreesInOrderWithLinksAsTheyAre() throws Exception {
        Files.writeString(folder.resolve("etc/a.b"), "");
        Files.createDirectories(folder.resolve("etc/a"));
        Files.writeString(folder.resolve("etc/a/run"), "x");
        Files.setPosixFilePermissions(folder.resolve("etc/a/run"), PosixFilePermissions.fromString("rw-r----x"));
        Files.createSymbolicLink(folder.resolve("etc/null"), Path.of("/dev/null"));
        Files.createSymbolicLink(folder.resolve("etc/up"), Path.of("../../secret"));
        assertThat(files.tree("etc")).containsExactly(
                new Entry.Folder(""), new Entry.Folder("a"), new Entry.File("a/run", true, bytes("x")), new Entry.File("a.b", false, bytes("")),
                new Entry.File("motd", false, bytes("hello")), new Entry.Link("null", "/dev/null"), new Entry.Link("up", "../../secret"));
        assertThatThrownBy(() -> files.tree("etc/motd")).isInstanceOf(Unavailable.class).hasMessageContaining("is no folder");
    }

    @Test
    void namesWhatIsNeitherFileNorFolder() throws Exception {
        try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.bind(UnixDomainSocketAddress.of(folder.resolve("etc/s")));
            assertThat(files.tree("etc")).contains(new Entry.Other("s"));
            isUnavailable("etc/s", "is no file");
        }
    }

    @Test
    void hasLimits() throws Exception {
        Files.write(folder.resolve("large"), new byte[(4 << 20) + 1]);
        isUnavailable("large", "more than 4194304 octets");
        Files.createDirectories(folder.resolve("two"));
        Files.write(folder.resolve("two/a"), new byte[3 << 20]);
        Files.write(folder.resolve("two/b"), new byte[3 << 20]);
        assertThatThrownBy(() -> files.tree("two")).isInstanceOf(Unavailable.class).hasMessageContaining("more than 4194304 octets");
        Files.createDirectories(folder.resolve("deep/" + "d/".repeat(20)));
        assertThatThrownBy(() -> files.tree("deep")).isInstanceOf(Unavailable.class).hasMessageContaining("16 folders");
        Files.createDirectories(folder.resolve("many"));
        for (int i = 0; i < 1000; i++) {
            Files.createFile(folder.resolve("many/" + i));
        }
        assertThatThrownBy(() -> files.tree("many")).isInstanceOf(Unavailable.class).hasMessageContaining("1000 entries");
    }
}
