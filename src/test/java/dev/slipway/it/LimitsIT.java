package dev.slipway.it;

import static dev.slipway.fdo.VoucherFixture.aVoucher;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.bytes.Bytes;
import dev.slipway.cose.CoseAlgorithm;
import dev.slipway.fdo.VoucherFixture;
import dev.slipway.fdo.kex.CipherSuite;
import dev.slipway.fdo.kex.KexSuite;
import dev.slipway.fdo.key.SigningKey;
import dev.slipway.fdo.type.KeyType;
import dev.slipway.fdo.type.PublicKey;
import dev.slipway.fdo.voucher.VerifiedVoucher;
import dev.slipway.fdo.voucher.VoucherExtender;
import dev.slipway.simulator.VirtualDevice;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Limits that an operator set, each met: a clear refusal, and everything as before once it is over. */
class LimitsIT extends RawTo2 {

    @TempDir
    private Path folder;

    private RunningService start(String... settings) {
        RunningService service = RunningService.start(folder.resolve("data"), settings);
        initialise(new VirtualDevice.Model(KeyType.SECP256R1, KexSuite.ECDH256, CipherSuite.A128GCM, "limited"), service.url(), service.url());
        return service;
    }

    private Wire.Reply open(RunningService service) {
        return Wire.post(service.url(), 60, Optional.empty(), helloDevice(guid, "ECDH256", 1));
    }

    @Test
    void sessionsPerPeer() throws IOException {
        try (RunningService service = start("-Dslipway.limits.sessions-per-peer=3")) {
            List<Wire.Reply> sessions = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                sessions.add(open(service).isMessage(61));
            }
            open(service).isRefusal(60, 500);
            assertThat(service.log()).contains("more than 3 sessions with 127.0.0.1; see slipway.limits.sessions-per-peer");
            Wire.post(service.url(), 62, sessions.get(0).token(), Bytes.fromHex("8100")).isMessage(63);
            Wire.post(service.url(), 255, sessions.get(1).token(), Bytes.fromHex("851864183c60f6f6"));
            open(service).isMessage(61);
        }
    }

    @Test
    void octetsOfSessions() throws IOException {
        try (RunningService service = start("-Dslipway.limits.session-octets-per-peer=3000")) {
            open(service).isMessage(61);
            Wire.Reply second = open(service).isMessage(61);
            open(service).isRefusal(60, 500);
            assertThat(service.log()).contains("sessions with 127.0.0.1 of 3000 octets; see slipway.limits.session-octets-per-peer");
            Wire.post(service.url(), 255, second.token(), Bytes.fromHex("851864183c60f6f6"));
            open(service).isMessage(61);
        }
    }

    @Test
    void sessionsInTotal() throws IOException {
        try (RunningService service = start("-Dslipway.limits.sessions=2")) {
            open(service).isMessage(61);
            open(service).isMessage(61);
            open(service).isRefusal(60, 500);
            assertThat(service.log()).contains("more than 2 sessions; see slipway.limits.sessions");
        }
    }

    @Test
    void octetsOfAMessage() {
        try (RunningService service = start("-Dslipway.limits.message-octets=1000")) {
            Wire.post(service.url(), 60, Optional.empty(), Bytes.owning(new byte[1001])).isRefusal(60, 100);
            open(service).isMessage(61);
        }
    }

    @Test
    void roundsOfServiceInfo() {
        try (RunningService service = start("-Dslipway.limits.rounds=3")) {
            prove(RANDOM.next(16));
            send(66, encrypted(ready())).isMessage(67);
            for (int i = 0; i < 3; i++) {
                send(68, encrypted(Bytes.fromHex("82f580"))).isMessage(69);
            }
            send(68, encrypted(Bytes.fromHex("82f580"))).isRefusal(68, 101);
        }
    }

    @Test
    void refusalsOfASession() {
        try (RunningService service = start("-Dslipway.limits.refusals=2")) {
            hello();
            send(62, Bytes.fromHex("00")).isRefusal(62, 100);
            send(62, Bytes.fromHex("00")).isRefusal(62, 100);
            send(62, Bytes.fromHex("8100")).isRefusal(62, 1);
        }
    }

    /** A flood of refusals fills no disk: so many are noted, of the others their number. */
    @Test
    void refusalsThatAreNoted() throws IOException {
        RunningService service = start("-Dslipway.limits.noted-refusals-per-peer=5");
        try (service) {
            for (int i = 0; i < 200; i++) {
                Wire.post(service.url(), 60, Optional.empty(), Bytes.fromHex("00")).isRefusal(60, 100);
            }
            open(service).isMessage(61);
        }
        assertThat(service.log().lines().filter(line -> line.contains("message 60 refused"))).hasSize(5);
        assertThat(service.log()).contains("195 refusals more were not noted, 195 of them of 127.0.0.1; see slipway.limits.noted-refusals");
        assertThat(Database.count(service.data(), "select count(*) from audit_event where event = 'fdo.refused'")).isEqualTo(5);
        assertThat(Database.count(
                        service.data(),
                        "select facts ->> 'count' from audit_event where event = 'fdo.refusals-left-out' and facts ->> 'peer' = '127.0.0.1'"))
                .isEqualTo(195);
    }

    @Test
    void nestingOfAMessage() throws IOException {
        try (RunningService service = start("-Dslipway.limits.nesting=8")) {
            Wire.post(service.url(), 60, Optional.empty(), Bytes.fromHex("81".repeat(16) + "00")).isRefusal(60, 100);
            assertThat(service.log()).contains("CBOR nested deeper than 16");
            Wire.post(service.url(), 60, Optional.empty(), Bytes.fromHex("81".repeat(8) + "00")).isRefusal(60, 100);
            assertThat(service.log()).contains("CBOR nested deeper than 8; see slipway.limits.nesting");
            open(service).isMessage(61);
        }
    }

    @Test
    void entriesOfAVoucher() throws IOException {
        VoucherFixture fixture = aVoucher();
        SigningKey owner = new SigningKey(fixture.owner.getPrivate(), PublicKey.of(fixture.owner.getPublic()));
        VerifiedVoucher one = VerifiedVoucher.fromStorage(fixture.decoded());
        Bytes two = VoucherExtender.extend(one, owner, one.ownerKey()).voucher().encoded();
        try (RunningService service = start("-Dslipway.limits.voucher-entries=1")) {
            VoucherToleranceIT.register(service, two, fixture.owner, CoseAlgorithm.ES256).isRefusal(22, 2);
            assertThat(service.log()).contains("voucher.entry-limit: 2 entries (expected: at most 1 entries; see slipway.limits.voucher-entries)");
            VoucherToleranceIT.register(service, fixture.encoded(), fixture.owner, CoseAlgorithm.ES256).isMessage(23);
        }
    }
}
