package dev.slipway.it;

import static dev.slipway.fdo.VoucherFixture.aVoucher;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.bytes.Bytes;
import dev.slipway.cbor.CborWriter;
import dev.slipway.cose.CoseAlgorithm;
import dev.slipway.fdo.VoucherFixture;
import dev.slipway.fdo.kex.CipherSuite;
import dev.slipway.fdo.kex.KexSuite;
import dev.slipway.fdo.key.SigningKey;
import dev.slipway.fdo.type.KeyType;
import dev.slipway.fdo.type.PublicKey;
import dev.slipway.fdo.voucher.VerifiedVoucher;
import dev.slipway.fdo.voucher.VoucherExtender;
import dev.slipway.ops.SystemRandom;
import dev.slipway.simulator.Latencies;
import dev.slipway.simulator.VirtualDevice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Vouchers that change hands where rendezvous service and owner are one process. */
class HandoverIT {

    @TempDir
    private Path folder;

    private static VirtualDevice initialise(RunningService manufacturer) {
        VirtualDevice.Model model = new VirtualDevice.Model(KeyType.SECP256R1, KexSuite.ECDH256, CipherSuite.A128GCM, "handed");
        VirtualDevice device = new VirtualDevice(model, "HANDED-1", RunningService.http(), new Latencies(), new SystemRandom());
        device.initialize(manufacturer.url());
        return device;
    }

    private Path pem(String name, String label, byte[] der) throws IOException {
        String body = Base64.getMimeEncoder().encodeToString(der);
        return Files.writeString(folder.resolve(name), "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n");
    }

    /** A device believes the last owner of its voucher only, so we have to make ourselves known by the new key. */
    @Test
    void onboardsADeviceThatWasHandedToAnotherKeyOfOurs() throws IOException {
        KeyPair other = VoucherFixture.key("secp256r1");
        Path privateKey = pem("other.key.pem", "PRIVATE KEY", other.getPrivate().getEncoded());
        Path publicKey = pem("other.pub.pem", "PUBLIC KEY", other.getPublic().getEncoded());
        try (RunningService service = RunningService.start(folder.resolve("data"))) {
            VirtualDevice device = initialise(service);
            Tools tools = new Tools(service, folder);
            tools.done("owner-key", "import", privateKey.toString());
            tools.done("voucher", "extend", device.credential().guid().toString(), "--to", publicKey.toString());
            assertThat(device.onboard(device.findOwner())).containsKey("/etc/slipway/config.ign");
        }
    }

    /** A device that we made, sold, and bought back before anybody switched it on. */
    @Test
    void onboardsADeviceThatWasSoldAndBoughtBack() throws IOException {
        try (RunningService service = RunningService.start(folder.resolve("data"));
                RunningService buyer = RunningService.start(folder.resolve("buyer"), "-Dslipway.roles=owner")) {
            Tools ours = new Tools(service, folder);
            Tools his = new Tools(buyer, folder);
            VirtualDevice device = initialise(service);
            String guid = device.credential().guid().toString();
            Path ourKeys = Files.writeString(folder.resolve("ours.pem"), ours.done("owner-key", "list"));
            Path hisKeys = Files.writeString(folder.resolve("his.pem"), his.done("owner-key", "list"));
            Path sold = Files.writeString(folder.resolve("sold.pem"), ours.done("voucher", "extend", guid, "--to", hisKeys.toString()));
            his.done("voucher", "import", sold.toString());
            Path back = Files.writeString(folder.resolve("back.pem"), his.done("voucher", "extend", guid, "--to", ourKeys.toString()));
            assertThat(ours.done("voucher", "import", back.toString()))
                    .contains("1 imported, 0 unchanged, 0 refused", "the one that we handed on, with 3 entries instead of 2: the device comes back");
            assertThat(ours.done("voucher", "import", back.toString())).contains("0 imported, 1 unchanged, 0 refused");
            assertThat(ours.get("devices/" + guid).path("state").asText()).isEqualTo("announced");
            assertThat(device.onboard(device.findOwner())).containsKey("/etc/slipway/config.ign");
        }
    }

    /** It would lie there, and be neither registered nor onboarded. */
    @Test
    void refusesVouchersWhereThereIsNobodyToOnboardThem() throws IOException {
        VoucherFixture fixture = aVoucher();
        Path voucher = Files.write(folder.resolve("voucher.cbor"), fixture.encoded().toArray());
        try (RunningService service = RunningService.start(folder.resolve("data"), "-Dslipway.roles=manufacturer,rendezvous")) {
            Tools tools = new Tools(service, folder);
            tools.done("owner-key", "import", pem("owner.pem", "PRIVATE KEY", fixture.owner.getPrivate().getEncoded()).toString());
            Commands.Result result = tools.run("voucher", "import", voucher.toString());
            assertThat(result.exitCode()).isEqualTo(1);
            assertThat(result.output()).contains("FAILED         voucher.role", "a service with the role owner; see slipway.roles", "1 refused");
            assertThat(tools.done("voucher", "list")).isEmpty();
        }
    }

    /** Our own rendezvous service has heard of a later owner: what we are given is an old copy, of a device that was sold. */
    @Test
    void refusesAnOldCopyOfAVoucher() throws IOException {
        VoucherFixture fixture = aVoucher();
        KeyPair buyer = VoucherFixture.key("secp256r1");
        SigningKey seller = new SigningKey(fixture.owner.getPrivate(), PublicKey.of(fixture.owner.getPublic()));
        VerifiedVoucher sold =
                VoucherExtender.extend(VerifiedVoucher.fromStorage(fixture.decoded()), seller, PublicKey.of(buyer.getPublic()));
        // The address that the fixture's rendezvous info names.
        try (RunningService service = RunningService.start(folder.resolve("data"), "-Dslipway.public-url=http://127.0.0.1:8080")) {
            Tools tools = new Tools(service, folder);
            tools.done("owner-key", "import", pem("seller.pem", "PRIVATE KEY", fixture.owner.getPrivate().getEncoded()).toString());
            VoucherToleranceIT.register(service, sold.voucher().encoded(), buyer, CoseAlgorithm.ES256).isMessage(23);
            Path old = Files.write(folder.resolve("old.cbor"), fixture.encoded().toArray());
            Commands.Result result = tools.run("voucher", "import", old.toString());
            assertThat(result.exitCode()).isEqualTo(1);
            assertThat(result.output()).contains("FAILED         voucher.rendezvous", "0 imported, 0 unchanged, 1 refused");
            assertThat(tools.done("voucher", "list")).isEmpty();
        }
    }

    /** What devices are told to call need not be reachable from the machine itself: behind a gateway it often is not. */
    @Test
    void registersImportedVouchersAtItselfWithoutCallingItself() throws IOException {
        String publicUrl = "http://onboarding.invalid:8080";
        try (RunningService owner = RunningService.start(folder.resolve("owner"), "-Dslipway.public-url=" + publicUrl)) {
            Tools tools = new Tools(owner, folder);
            Path keys = Files.writeString(folder.resolve("owner.pem"), tools.done("owner-key", "list"));
            try (RunningService factory = RunningService.start(
                    folder.resolve("factory"), "-Dslipway.roles=manufacturer", "-Dslipway.rendezvous.urls=" + publicUrl,
                    "-Dslipway.manufacturer.next-owner=" + keys)) {
                String guid = initialise(factory).credential().guid().toString();
                Path voucher = Files.writeString(folder.resolve("voucher.pem"), new Tools(factory, folder).done("voucher", "export", guid));
                tools.done("voucher", "import", voucher.toString());
                Bytes hello = new CborWriter().array(2).byteString(Bytes.fromHex(guid.replace("-", ""))).raw(Bytes.fromHex("822640")).toBytes();
                Wire.post(owner.url(), 30, Optional.empty(), hello).isMessage(31);
                assertThat(tools.get("vouchers/" + guid).path("registrations")).isEmpty();
                assertThat(tools.get("devices/" + guid).path("state").asText()).isEqualTo("announced");
            }
        }
    }
}
