package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.fdo.VoucherFixture;
import dev.slipway.fdo.voucher.VoucherPem;
import dev.slipway.ops.CryptoProviders;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A truckload of vouchers in one file; the service is killed while it takes them in. */
class LargeImportIT {

    private static final int VOUCHERS = 10_000;
    private static final Pattern SUMMARY = Pattern.compile("(\\d+) imported, (\\d+) unchanged, (\\d+) refused");
    /** Far less than the file has. */
    private static final Map<String, String> LITTLE_MEMORY = Map.of("JAVA_TOOL_OPTIONS", "-Xmx24m");

    @TempDir
    private Path folder;

    @Test
    void losesAndDoublesNothing() throws IOException, InterruptedException {
        CryptoProviders.install();
        KeyPair owner = VoucherFixture.key("secp256r1");
        Path vouchers = vouchers(owner);
        assertThat(Files.size(vouchers)).isGreaterThan(12_000_000);
        Path key = Files.writeString(folder.resolve("owner.pem"), pkcs8(owner));

        RunningService service = RunningService.start(folder.resolve("data"));
        new Tools(service, folder).done("owner-key", "import", key.toString());
        File output = folder.resolve("output").toFile();
        ProcessBuilder builder = new ProcessBuilder(
                        Commands.launcher(), "voucher", "import", vouchers.toString(), "--url", service.url().toString(), "--data", service.data().toString())
                .redirectErrorStream(true)
                .redirectOutput(output);
        builder.environment().putAll(LITTLE_MEMORY);
        Process process = builder.start();
        awaitText(output, " 2\\d % read");
        service.kill();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(1);
        String told = Files.readString(output.toPath());
        assertThat(told).contains("run the same command again to go on");
        int acknowledged = summary(told)[0];
        assertThat(acknowledged).isBetween(VOUCHERS / 10, VOUCHERS - 1);

        service = RunningService.start(folder.resolve("data"));
        Tools tools = new Tools(service, folder);
        List<String> again = List.of(
                Commands.launcher(), "voucher", "import", vouchers.toString(), "--url", service.url().toString(), "--data", service.data().toString());
        Commands.Result result = Commands.run(folder, LITTLE_MEMORY, 120, again);
        assertThat(result.exitCode()).as(result.output()).isZero();
        int[] summary = summary(result.output());
        assertThat(summary[1]).as("unchanged, of those that were acknowledged").isGreaterThanOrEqualTo(acknowledged);
        assertThat(summary[0] + summary[1]).isEqualTo(VOUCHERS);
        assertThat(tools.done("voucher", "list").lines().filter(line -> line.contains(" imported ")).map(line -> line.substring(0, 36)).distinct())
                .hasSize(VOUCHERS);
        service.close();
    }

    private Path vouchers(KeyPair owner) throws IOException {
        Path file = folder.resolve("vouchers.pem");
        KeyPair manufacturer = VoucherFixture.key("secp256r1");
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (int i = 0; i < VOUCHERS; i++) {
                out.write(VoucherPem.encode(VoucherFixture.aVoucherOf(manufacturer, owner).decoded()));
            }
        }
        return file;
    }

    private static String pkcs8(KeyPair pair) {
        return "-----BEGIN PRIVATE KEY-----\n" + Base64.getMimeEncoder().encodeToString(pair.getPrivate().getEncoded()) + "\n-----END PRIVATE KEY-----\n";
    }

    private static void awaitText(File output, String pattern) throws IOException {
        for (int i = 0; i < 2_000; i++) {
            if (Pattern.compile(pattern).matcher(Files.readString(output.toPath())).find()) {
                return;
            }
            RunningService.pause(20);
        }
        throw new AssertionError("no progress: " + Files.readString(output.toPath()));
    }

    /** The last that was said: imported, unchanged, refused. */
    private static int[] summary(String output) {
        int[] summary = null;
        Matcher matcher = SUMMARY.matcher(output);
        while (matcher.find()) {
            summary = new int[] {Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)), Integer.parseInt(matcher.group(3))};
        }
        return summary;
    }
}
