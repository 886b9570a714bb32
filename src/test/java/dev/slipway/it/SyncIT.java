package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.FreePort;
import dev.slipway.fdo.kex.CipherSuite;
import dev.slipway.fdo.kex.KexSuite;
import dev.slipway.fdo.type.KeyType;
import dev.slipway.ops.SystemRandom;
import dev.slipway.simulator.Latencies;
import dev.slipway.simulator.VirtualDevice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Watches the system calls of the service: what is acknowledged is synced to disk before the answer leaves. */
class SyncIT {

    @TempDir
    private Path folder;

    @Test
    void syncsToDiskBeforeItAnswers() throws IOException {
        Path trace = folder.resolve("trace");
        List<String> strace = List.of(
                "strace", "-f", "-tt", "-y", "-s", "400", "-e", "trace=fsync,fdatasync,write,writev,sendto,sendmsg,pwrite64", "-o", trace.toString());
        int port = FreePort.find();
        try (RunningService service = RunningService.start(folder.resolve("data"), port, FreePort.find(), strace)) {
            VirtualDevice.Model model = new VirtualDevice.Model(KeyType.SECP256R1, KexSuite.ECDH256, CipherSuite.A128GCM, "synced");
            VirtualDevice device = new VirtualDevice(model, "SYNC-1", RunningService.http(), new Latencies(), new SystemRandom());
            device.initialize(service.url());
            device.onboard(device.findOwner());
        }
        List<String> calls = Files.readAllLines(trace);
        assertSyncedBetween(calls, "Message-Type: 11", "Message-Type: 13");
        assertSyncedBetween(calls, "Message-Type: 69", "Message-Type: 71");
    }

    /** The last answer before it, and the answer itself, with a write to the database's log and its sync in between, in this order. */
    private static void assertSyncedBetween(List<String> calls, String before, String answer) {
        int end = lastIndex(calls, calls.size(), answer);
        int start = lastIndex(calls, end, before);
        List<String> between = calls.subList(start + 1, end);
        int written = lastIndex(between, between.size(), "slipway.db-wal>");
        assertThat(between.get(written)).as("last call on the database's log before %s", answer).containsPattern("f(data)?sync\\(");
        assertThat(between).as("written before %s", answer).anyMatch(call -> call.contains("pwrite64") && call.contains("slipway.db-wal>"));
    }

    private static int lastIndex(List<String> calls, int end, String text) {
        for (int i = end - 1; i >= 0; i--) {
            if (calls.get(i).contains(text)) {
                return i;
            }
        }
        throw new AssertionError("no system call with " + text);
    }
}
