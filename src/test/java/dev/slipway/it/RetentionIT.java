package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
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

/** What grows has an end. */
class RetentionIT {

    @TempDir
    private Path folder;

    /** The voucher of a device that has another one now goes in time; who the device is, and was, stays. */
    @Test
    void deletesVouchersThatWereReplacedLongAgo() throws IOException {
        try (RunningService service = RunningService.start(folder.resolve("data"), "-Dslipway.retention.retired-vouchers=PT1S")) {
            Tools tools = new Tools(service, folder);
            VirtualDevice.Model model = new VirtualDevice.Model(KeyType.SECP256R1, KexSuite.ECDH256, CipherSuite.A128GCM, "replaced");
            VirtualDevice device = new VirtualDevice(model, "OLD-1", RunningService.http(), new Latencies(), new SystemRandom());
            device.initialize(service.url());
            String first = guid(device);
            Path old = Files.writeString(folder.resolve("old.pem"), tools.done("voucher", "export", first));
            device.onboard(device.findOwner());
            String second = guid(device);
            device.onboard(device.findOwner());
            String third = guid(device);

            for (int i = 0; i < 300 && !service.log().contains("1 vouchers retired long ago deleted"); i++) {
                RunningService.pause(100);
            }
            Commands.Result export = tools.run("voucher", "export", first);
            assertThat(export.exitCode()).isEqualTo(1);
            assertThat(export.output()).contains("the device " + first + " got another voucher long ago, and this one was deleted");
            Commands.Result again = tools.run("voucher", "import", old.toString());
            assertThat(again.output()).contains("FAILED         voucher.known", "0 imported, 0 unchanged, 1 refused");

            JsonNode shown = Tools.json(tools.done("device", "show", first, "--json")).get(0);
            assertThat(shown.path("guids")).map(JsonNode::asText).isEqualTo(List.of(first, second, third));
            assertThat(tools.done("voucher", "list")).contains(first + "  retired ", third + "  active ");
            assertThat(tools.done("voucher", "export", third)).startsWith("-----BEGIN OWNERSHIP VOUCHER-----");
            assertThat(device.onboard(device.findOwner())).containsKey("/etc/slipway/config.ign");
        }
    }

    private static String guid(VirtualDevice device) {
        return device.credential().guid().toString();
    }
}
