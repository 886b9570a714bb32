package dev.slipway.cli;

import dev.slipway.ops.CryptoProviders;
import java.io.PrintWriter;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./slipway demo}. */
@Command(
        name = "demo",
        description = "Starts the service, and takes a virtual device from the factory to its own Ignition config, step by step; "
                + "and another one, with a TPM in software, to an attested boot. "
                + "Then it keeps serving until Ctrl-C.",
        footer = "%nExit codes: 0 the config arrived; 1 it did not; 2 wrong usage.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {

    private static final int USUAL_PORT = 8080;

    @Option(names = "--once", description = "stop when the device is done")
    private boolean once;

    @Option(names = "--data", description = "data folder, kept (default: $SLIPWAY_DATA, else ./slipway-data)")
    private Optional<Path> data;

    @Option(names = "--port", description = "port for HTTP (default: 8080, or any if that one is taken)")
    private Optional<Integer> port;

    @Mixin
    private DeviceOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        CryptoProviders.install();
        PrintWriter out = spec.commandLine().getOut();
        Path folder = DataOption.folder(data);
        out.printf("Starting the service on %s (%s) …%n", folder, Files.exists(folder) ? "it goes on with what is there" : "a new folder");
        out.flush();
        Path log = Files.createTempFile("slipway-demo", ".log");
        int wanted = port.orElseGet(() -> FreePort.isFree(USUAL_PORT) ? USUAL_PORT : 0);
        try (ServiceProcess service = ServiceProcess.start(folder, wanted, log);
                HttpClient http = HttpClients.create(Optional.empty())) {
            new DemoStory(service, http, options.model(), out).tell();
            new DemoTpmStory(service, http, out).tell(DemoStory.STEPS + 1);
            if (!once) {
                out.printf("%nServing %s and %s until Ctrl-C; its log is %s%n", service.url(), service.tlsUrl(), log);
                out.flush();
                service.awaitEnd();
            }
            return 0;
        }
    }
}
