package dev.slipway.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The shells that lines and devices have, and the programs that come with them. */
enum DeviceShell {
    DASH {
        @Override
        List<String> interpreter() {
            return List.of("dash");
        }

        @Override
        Map<String, String> environment(Path folder) {
            return Map.of();
        }
    },
    /** With its own sed, od, base64 and so on, and nothing of the system's but curl and the TPM's tools. */
    BUSYBOX {
        @Override
        List<String> interpreter() {
            return List.of("busybox", "sh");
        }

        @Override
        Map<String, String> environment(Path folder) {
            Path applets = Path.of("target/applets").toAbsolutePath();
            try {
                Files.createDirectories(applets);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            Commands.run(folder, Map.of(), 20, List.of("busybox", "--install", "-s", applets.toString()));
            return Map.of("PATH", applets + ":" + System.getenv("PATH"));
        }
    };

    abstract List<String> interpreter();

    abstract Map<String, String> environment(Path folder);

    /** @param program below {@code deploy} */
    Commands.Result run(String program, Path folder, Map<String, String> environment, List<String> arguments) {
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(environment(folder));
        Stream<String> command = Stream.of(Commands.baseFolder().resolve("deploy").resolve(program).toString());
        return Commands.run(folder, all, 120, Stream.of(interpreter().stream(), command, arguments.stream()).flatMap(words -> words).toList());
    }

    /** @param conf of the initramfs' own script, which runs in {@code work} */
    Commands.Result attest(TpmDevice machine, String conf, Path work) throws IOException {
        Map<String, String> environment = new HashMap<>(machine.tpm().environment());
        environment.put("SLIPWAY_ATTEST_CONF", Files.writeString(work.resolve("attest.conf"), conf).toString());
        return run("dracut/90slipway/slipway-attest.sh", work, environment, List.of());
    }
}
