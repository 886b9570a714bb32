package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.bytes.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A TPM by other people (swtpm), on a socket in a folder of its own, with the tools that devices have (tpm2-tools). */
final class SoftwareTpm implements AutoCloseable {

    private static final int SECONDS = 30;

    private final Path folder;
    private final Process process;

    private SoftwareTpm(Path folder, Process process) {
        this.folder = folder;
        this.process = process;
    }

    /** @param folder an empty one, or that of a TPM that was switched off, with a path short enough for a socket */
    static SoftwareTpm start(Path folder) {
        try {
            Path state = Files.createDirectories(folder.resolve("state"));
            Files.deleteIfExists(folder.resolve("tpm.ctrl"));
            Process process = new ProcessBuilder(
                            "swtpm", "socket", "--tpm2", "--tpmstate", "dir=" + state, "--server", "type=unixio,path=" + folder.resolve("tpm"),
                            "--ctrl", "type=unixio,path=" + folder.resolve("tpm.ctrl"), "--flags", "not-need-init,startup-clear")
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("swtpm.log").toFile())
                    .start();
            for (int i = 0; i < 100 && !Files.exists(folder.resolve("tpm.ctrl")); i++) {
                RunningService.pause(50);
            }
            assertThat(process.isAlive()).as(Files.readString(folder.resolve("swtpm.log"))).isTrue();
            return new SoftwareTpm(folder, process);
        } catch (IOException e) {
            throw new UncheckedIOException("swtpm cannot be started; ./slipway test installs it", e);
        }
    }

    /** Runs {@code tpm2_NAME} in the folder, and frees what it left loaded: there is no resource manager. */
    void run(String name, String... arguments) {
        List<String> command = new ArrayList<>(List.of("tpm2_" + name));
        command.addAll(Arrays.asList(arguments));
        tool(command);
        tool(List.of("tpm2_flushcontext", "-t"));
    }

    /** What the tool says if the TPM refuses, as it has to. */
    String refusal(String name, String... arguments) {
        List<String> command = new ArrayList<>(List.of("tpm2_" + name));
        command.addAll(Arrays.asList(arguments));
        Commands.Result result = Commands.run(folder, environment(), SECONDS, command);
        assertThat(result.exitCode()).as("%s: %s", command, result.output()).isNotZero();
        tool(List.of("tpm2_flushcontext", "-t"));
        return result.output();
    }

    /** What tools find the TPM by. */
    Map<String, String> environment() {
        return Map.of("TPM2TOOLS_TCTI", "swtpm:path=" + folder.resolve("tpm"));
    }

    Path folder() {
        return folder;
    }

    private void tool(List<String> command) {
        Commands.Result result = Commands.run(folder, environment(), SECONDS, command);
        assertThat(result.exitCode()).as("%s: %s", command, result.output()).isZero();
    }

    Bytes read(String file) {
        try {
            return Bytes.owning(Files.readAllBytes(folder.resolve(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void write(String file, Bytes content) {
        try {
            Files.write(folder.resolve(file), content.toArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
