package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A software TPM as a character device, for programs that want one: the far end of a pseudo-terminal, which {@code script} makes. Each command
 * that is written to it is handed to the TPM's socket, and its answer back.
 */
final class TpmCharacterDevice implements AutoCloseable {

    private static final int HEADER_OCTETS = 10;
    private static final int SIZE_OFFSET = 2;

    private final Process terminal;
    private final String path;

    private TpmCharacterDevice(Process terminal, String path) {
        this.terminal = terminal;
        this.path = path;
    }

    static TpmCharacterDevice of(SoftwareTpm tpm) {
        Path name = tpm.folder().resolve("tty.name");
        try {
            Process terminal = new ProcessBuilder("script", "-q", "-f", "-c", "stty raw -echo; tty > tty.name; exec sleep 600", "/dev/null")
                    .directory(tpm.folder().toFile())
                    .start();
            Thread.ofPlatform().daemon().name("tpm").start(() -> pump(terminal, tpm.folder().resolve("tpm")));
            for (int i = 0; i < 200 && !(Files.exists(name) && Files.readString(name).endsWith("\n")); i++) {
                RunningService.pause(50);
            }
            String path = Files.readString(name).strip();
            assertThat(path).startsWith("/dev/");
            return new TpmCharacterDevice(terminal, path);
        } catch (IOException e) {
            throw new AssertionError("script cannot make a terminal; it comes with util-linux", e);
        }
    }

    String path() {
        return path;
    }

    private static void pump(Process terminal, Path socket) {
        try (DataInputStream commands = new DataInputStream(terminal.getInputStream()); OutputStream answers = terminal.getOutputStream()) {
            while (true) {
                byte[] header = commands.readNBytes(HEADER_OCTETS);
                if (header.length < HEADER_OCTETS) {
                    return;
                }
                byte[] rest = commands.readNBytes(ByteBuffer.wrap(header).getInt(SIZE_OFFSET) - HEADER_OCTETS);
                answers.write(answer(socket, header, rest));
                answers.flush();
            }
        } catch (IOException e) {
            // The test is over; whoever still waits for an answer fails by himself.
            terminal.destroy();
        }
    }

    private static byte[] answer(Path socket, byte[] header, byte[] rest) throws IOException {
        try (SocketChannel tpm = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            tpm.write(new ByteBuffer[] {ByteBuffer.wrap(header), ByteBuffer.wrap(rest)});
            ByteBuffer first = read(tpm, HEADER_OCTETS);
            ByteBuffer more = read(tpm, first.getInt(SIZE_OFFSET) - HEADER_OCTETS);
            return ByteBuffer.allocate(first.capacity() + more.capacity()).put(first.array()).put(more.array()).array();
        }
    }

    private static ByteBuffer read(SocketChannel tpm, int octets) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(octets);
        while (buffer.hasRemaining()) {
            if (tpm.read(buffer) < 0) {
                throw new EOFException("the TPM ends in the middle of its answer");
            }
        }
        return buffer;
    }

    @Override
    public void close() {
        terminal.descendants().forEach(ProcessHandle::destroy);
        terminal.destroy();
        try {
            terminal.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
