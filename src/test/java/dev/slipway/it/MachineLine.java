package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.it.VirtualMachine.Boot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * A service, and the line on which machines are enrolled and initialised for it. Those that boot get the profile {@code machine} for a quote of
 * whatever they booted, {@code attested-machine} only if somebody accepted that they boot that, and {@code policed-machine} if the policy
 * {@code machine} lets them in.
 */
record MachineLine(Path folder, RunningService service, Tools operator) implements AutoCloseable {

    private static final String ATTESTED_PROFILE = "attested-machine";
    private static final String POLICED_PROFILE = "policed-machine";
    private static final String POLICY = "machine";
    private static final Path SOURCES = Commands.baseFolder().resolve("src/test/vm/profiles/machine");
    private static final Path KEYS = Commands.baseFolder().resolve("target/vm/keys");

    static MachineLine start(Path folder) throws IOException {
        assertThat(KEYS).as("what ./slipway test builds with src/test/vm/build.sh").exists();
        profile(folder, "machine", "proof: ownership\n");
        profile(folder, ATTESTED_PROFILE, "proof: attested\n");
        profile(folder, POLICED_PROFILE, "proof: attested\npolicy: " + POLICY + "\n");
        Path data = folder.resolve("data");
        ProfileFolders.copy(KEYS, data.resolve("keys"));
        RunningService service = RunningService.start(data, "-Dslipway.profiles=" + folder.resolve("profiles"), "-Dslipway.profile=machine",
                "-Dslipway.public-url=https://" + VirtualMachine.ADDRESS + ":" + VirtualMachine.PORT);
        return new MachineLine(folder, service, new Tools(service, folder));
    }

    private static void profile(Path folder, String name, String requirements) throws IOException {
        Path profile = ProfileFolders.copy(SOURCES, folder.resolve("profiles").resolve(name));
        Files.writeString(profile.resolve("profile.yaml"), requirements);
    }

    /** @param guid of the voucher */
    record Machine(MachineLine line, Path tpm, String guid) {

        static final String IMAGE = "image";
        /** The same, signed by the same, with one word more on the kernel's command line. */
        static final String IMAGE_WITH_WORD = "word-added";

        VirtualMachine start(Boot boot, String image) {
            return VirtualMachine.start(tpm, line.service(), boot, image);
        }

        void needsAttestation() {
            line.operator().done("device", "assign", guid, "--profile", ATTESTED_PROFILE);
        }

        String shown() {
            return line.operator().done("device", "show", guid);
        }

        /** All that was found about the boot for which it was refused last. */
        String lastRefusal() {
            return Database.text(line.service().data(),
                    "select facts from audit_event where event = 'attestation.rejected' and guid = '" + guid + "' order by id desc limit 1");
        }

        /** From now on it is held to a policy that was learnt from what it booted last. */
        void isHeldToWhatIsLearnt() throws IOException {
            String learnt = line.operator().done("policy", "learn", "--device", guid, "--name", POLICY);
            assertThat(learnt).contains("secure-boot: on");
            line.operator().done("policy", "apply", Files.writeString(line.folder().resolve("policy.yaml"), learnt).toString());
            line.operator().done("device", "assign", guid, "--profile", POLICED_PROFILE);
        }

        /** From now on it has to boot what it booted last. */
        void acceptBoot() {
            line.operator().done("device", "enrollment", "accept-boot", guid);
        }
    }

    /** A TPM that never was on this line, with an attestation key where machines have theirs; switched off. */
    Path stranger(String name) {
        Path tpm = folder.resolve(name);
        try (TpmDevice device = tpm(tpm)) {
            device.keepAk();
        }
        return tpm;
    }

    /** A machine as it leaves the line: its TPM was enrolled, with a certificate of its vendor, it has a voucher, and is switched off. */
    Machine machine(String serial) {
        Path tpm = folder.resolve(serial);
        try (TpmDevice device = tpm(tpm)) {
            device.storeEkCertificate("0x01c0000a");
            operator.done("trust", "add", "tpm-ca", device.vendorFile().toString());
            Commands.Result enrolled = DeviceShell.DASH.run(
                    "factory/enroll.sh", tpm, device.tpm().environment(), List.of("--url", service.url().toString()));
            assertThat(enrolled.exitCode()).as(enrolled.output()).isZero();
            try (TpmCharacterDevice file = TpmCharacterDevice.of(device.tpm())) {
                new FdoTpmDevice(device, file, service).initialize(service.url().toString(), serial);
            }
        }
        return new Machine(this, tpm, guid(serial));
    }

    /** With one bank of registers: firmware in emulation hashes slowly. */
    private static TpmDevice tpm(Path folder) {
        TpmDevice device = TpmDevice.start(folder, "ecc");
        device.tpm().run("pcrallocate", "sha1:none+sha256:all+sha384:none+sha512:none");
        return device;
    }

    private String guid(String serial) {
        return StreamSupport.stream(operator.get("devices").path("devices").spliterator(), false)
                .filter(device -> device.path("serial").asText().equals(serial))
                .map((JsonNode device) -> device.path("guids").path(0).asText())
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        service.close();
    }
}
