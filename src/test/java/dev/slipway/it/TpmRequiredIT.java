package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.client.PeerError;
import dev.slipway.fdo.kex.CipherSuite;
import dev.slipway.fdo.kex.KexSuite;
import dev.slipway.fdo.type.Guid;
import dev.slipway.fdo.type.KeyType;
import dev.slipway.ops.SystemRandom;
import dev.slipway.simulator.Latencies;
import dev.slipway.simulator.VirtualDevice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A profile that takes devices only whose keys are in TPMs, and two devices of one factory: the key of one is in a TPM. */
class TpmRequiredIT {

    private static final String REFUSED = "the profile edge-gateway takes devices whose key is in a TPM, and of this one's is known: ";

    @TempDir
    private Path folder;

    private RunningService owner;
    private RunningService factory;
    private Tools tools;

    /** Devices that are refused come again soon. */
    private String rendezvous() {
        return String.format(
                "-Dslipway.rendezvous.directives[0]=ip-address=127.0.0.1 dev-port=%1$d owner-port=%1$d protocol=http delaysec=2", owner.port());
    }

    private Path toOwner(String guid) throws IOException {
        Path voucher = Files.writeString(folder.resolve(guid + ".pem"), new Tools(factory, folder).done("voucher", "export", guid));
        tools.done("voucher", "import", voucher.toString());
        tools.awaitRegistration(guid, true);
        return voucher;
    }

    private String latestOfFactory() {
        return new Tools(factory, folder).get("devices").path("devices").path(0).path("guids").path(0).asText();
    }

    @Test
    void onboardsOnlyDevicesWhoseKeyIsKnownToBeInATpm() throws IOException {
        String profiles = ConfigClient.profiles(folder, "ownership\ntpm: require", "3.4.0");
        try (RunningService service = RunningService.start(folder.resolve("owner"), profiles)) {
            owner = service;
            tools = new Tools(owner, folder);
            Path keys = Files.writeString(folder.resolve("owner.pem"), tools.done("owner-key", "list"));
            try (RunningService maker = RunningService.start(
                    folder.resolve("factory"), "-Dslipway.roles=manufacturer", rendezvous(),
                    "-Dslipway.manufacturer.next-owner=" + keys, "-Dslipway.manufacturer.tpm=prefer")) {
                factory = maker;
                softwareKeyWaitsForAnotherRevision(keyInTpmWaitsForItsCertifier());
            }
        }
    }

    /** @return a voucher of the factory */
    private Path keyInTpmWaitsForItsCertifier() throws IOException {
        try (FdoTpmDevice device = FdoTpmDevice.of(TpmDevice.start(folder.resolve("d1"), "ecc"), owner)) {
            new Tools(factory, folder).done("trust", "add", "tpm-ca", device.device().vendorFile().toString());
            AttestClient.of(factory).enroll(device.device(), "");
            device.initialize(factory.url().toString(), "TPM-1");
            String guid = latestOfFactory();
            Path voucher = toOwner(guid);
            Path config = device.device().tpm().folder().resolve("config.ign");
            CompletableFuture<String> onboarding = CompletableFuture.supplyAsync(device::onboard);
            awaitRefusal(guid, "stated by a CA that is not listed");
            assertThat(config).doesNotExist();
            assertThat(owner.log()).contains(REFUSED + "stated by a CA that is not listed");
            assertThat(tools.done("device", "show", guid)).contains("key          in no TPM that is known: stated by a CA that is not listed");
            tools.done("trust", "add", "device-ca", DeviceCa.of(voucher, folder).toString());
            String onboarded = onboarding.join();
            assertThat(config).as(onboarded).exists();
            assertThat(tools.get("devices/" + guid).path("guids")).hasSize(2);
            assertThat(tools.done("device", "show", guid)).contains("key          in a TPM: stated by CN=Slipway device CA ec256");
            return voucher;
        }
    }

    private void softwareKeyWaitsForAnotherRevision(Path other) throws IOException {
        VirtualDevice.Model model = new VirtualDevice.Model(KeyType.SECP256R1, KexSuite.ECDH256, CipherSuite.A128GCM, "gateway");
        VirtualDevice device = new VirtualDevice(model, "SOFT-1", RunningService.http(), new Latencies(), new SystemRandom());
        device.initialize(factory.url());
        Guid guid = device.credential().guid();
        Path voucher = toOwner(guid.toString());
        assertThat(Files.readString(DeviceCa.of(voucher, folder))).as("the same CA").isEqualTo(Files.readString(DeviceCa.of(other, folder)));
        VirtualDevice.Owner found = device.findOwner();
        assertThatThrownBy(() -> device.onboard(found)).isInstanceOf(PeerError.class);
        assertThat(device.credential().guid()).isEqualTo(guid);
        assertThat(tools.done("device", "show", guid.toString()))
                .contains("key          in no TPM that is known: nothing says that the device's key is in a TPM", "state        announced");
        assertThat(tools.done("device", "why", guid.toString())).contains(
                "for devices that prove 'ownership' and whose key is in a TPM",
                "GETS NOTHING " + REFUSED + "nothing says that the device's key is in a TPM; enrol it (factory/enroll.sh), or list who certified it"
                        + " (./slipway trust add device-ca) or made it (./slipway trust add manufacturer); that it takes no others is said by"
                        + " 'tpm' in its profile.yaml");
        awaitRefusal(guid.toString(), "enrol it (factory/enroll.sh)");
        assertThat(refusals(guid.toString(), "enrol it (factory/enroll.sh)")).isEqualTo(1);

        Path profile = folder.resolve("profiles/edge-gateway");
        Files.writeString(profile.resolve("profile.yaml"), "proof: ownership\n");
        tools.done("profile", "apply", profile.toString());
        assertThat(device.onboard(device.findOwner())).containsKey("/etc/slipway/config.ign");
        assertThat(device.credential().guid()).isNotEqualTo(guid);
    }

    private void awaitRefusal(String guid, String reason) throws IOException {
        for (int i = 0; i < 300 && refusals(guid, reason) == 0; i++) {
            RunningService.pause(100);
        }
        assertThat(refusals(guid, reason)).as(owner.log()).isPositive();
    }

    private int refusals(String guid, String reason) {
        return Database.count(owner.data(), "select count(*) from audit_event where guid = '" + guid + "' and facts like '%" + reason + "%'");
    }
}
