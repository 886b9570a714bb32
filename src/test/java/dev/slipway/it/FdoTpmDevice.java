package dev.slipway.it;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** go-fdo-client of other people, with its keys and its credential in a software TPM. */
record FdoTpmDevice(TpmDevice device, TpmCharacterDevice file, RunningService service) implements AutoCloseable {

    static FdoTpmDevice of(TpmDevice device, RunningService service) {
        return new FdoTpmDevice(device, TpmCharacterDevice.of(device.tpm()), service);
    }

    /** What it printed; its exit code says little. */
    /** A device as it leaves the line: the operator lists its vendor, it is enrolled, and initialised with the serial number BOOT-1. */
    static TpmDevice fromTheLine(Path folder, RunningService service, Tools operator) {
        TpmDevice device = TpmDevice.start(folder, "ecc");
        operator.done("trust", "add", "tpm-ca", device.vendorFile().toString());
        AttestClient.of(service).enroll(device, "");
        device.keepAk();
        try (TpmCharacterDevice file = TpmCharacterDevice.of(device.tpm())) {
            new FdoTpmDevice(device, file, service).initialize(service.url().toString(), "BOOT-1");
        }
        return device;
    }

    String initialize(String url, String serial) {
        return run("device-init", url, "--key", "ec256", "--device-info", "gateway", "--serial-number", serial);
    }

    String onboard() {
        return run("onboard", "--key", "ec256", "--kex", "ECDH256", "--download", device.tpm().folder().toString());
    }

    private String run(String... arguments) {
        List<String> command = new ArrayList<>(List.of(Commands.tool("go-fdo-client")));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--tpm", file.path()));
        return Commands.run(device.tpm().folder(), Map.of("SSL_CERT_FILE", service.data().resolve("keys/tls.pem").toString()), 60, command).output();
    }

    @Override
    public void close() {
        file.close();
        device.close();
    }
}
