package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.Vectors;
import dev.slipway.bytes.Bytes;
import dev.slipway.cbor.CborItem;
import dev.slipway.cbor.CborWriter;
import dev.slipway.fdo.VoucherFixture;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Device initialisation: what recorded devices send, and what must be refused. */
class ManufacturingIT {

    private static final Bytes NOTHING = Bytes.EMPTY;

    @TempDir
    private static Path folder;

    private static RunningService service;

    @BeforeAll
    static void start() {
        service = RunningService.start(folder.resolve("data"));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static Bytes recorded(String session) {
        return Vectors.bytes("captures/" + session + "/001-m10-req.cbor");
    }

    private static Wire.Reply appStart(Bytes body) {
        return Wire.post(service.url(), 10, Optional.empty(), body);
    }

    /** The recorded message of a P-256 device, with one field changed. */
    private static Bytes with(int field, Bytes encoded) {
        List<CborItem> info = CborItem.decode(recorded("csdk-ecdsa256-gcm")).array(1).get(0).embedded().array(5);
        CborWriter changed = new CborWriter().array(5);
        for (int i = 0; i < 5; i++) {
            changed.raw(i == field ? encoded : info.get(i).bytes());
        }
        return new CborWriter().array(1).byteString(changed.toBytes()).toBytes();
    }

    private static Bytes text(String text) {
        return new CborWriter().text(text).toBytes();
    }

    @Test
    void initialisesTheDevicesThatWereRecorded() {
        for (String session : List.of("csdk-ecdsa256-gcm", "csdk-ecdsa384-gcm", "csdk-tpm256-gcm", "pri-ecdsa256-a256gcm", "pri-ecdsa384-a256gcm")) {
            Wire.Reply credentials = appStart(recorded(session)).isMessage(11);
            CborItem header = CborItem.decode(credentials.body()).array(1).get(0).embedded();
            boolean p384 = session.contains("384");
            assertThat(header.array(6).get(4).array(3).get(0).integer()).as("key type of " + session).isEqualTo(p384 ? 11 : 10);
            assertThat(header.array(6).get(5).array(2).get(0).integer()).as("hash of " + session).isEqualTo(p384 ? -43 : -16);
            Bytes hmac = p384 ? Bytes.concat(Bytes.fromHex("8182065830"), random(48)) : Bytes.concat(Bytes.fromHex("8182055820"), random(32));
            Wire.Reply done = Wire.post(service.url(), 12, credentials.token(), hmac).isMessage(13);
            assertThat(done.body().toHex()).isEqualTo("80");
            assertThat(Wire.post(service.url(), 12, credentials.token(), hmac).isMessage(13).body()).isEqualTo(done.body());
        }
    }

    private static Bytes random(int octets) {
        return VoucherFixture.random(octets);
    }

    @Test
    void refusesBadRequestsAndGoesOn() {
        Bytes csr = CborItem.decode(recorded("csdk-ecdsa256-gcm")).array(1).get(0).embedded().array(5).get(4).byteString();
        appStart(Wire.badEncoding(recorded("csdk-ecdsa256-gcm"))).isRefusal(10, 100);
        appStart(Bytes.fromHex("81f6")).isRefusal(10, 100);
        appStart(Bytes.fromHex("8141f6")).isRefusal(10, 100);
        appStart(with(0, Bytes.fromHex("01"))).isRefusal(10, 101);
        appStart(with(0, Bytes.fromHex("0b"))).isRefusal(10, 101);
        appStart(with(3, text("bell \u0007"))).isRefusal(10, 101);
        appStart(with(2, text("x".repeat(255)))).isRefusal(10, 100);
        appStart(with(4, new CborWriter().byteString(Wire.flip(csr, csr.length() - 1)).toBytes())).isRefusal(10, 101);
        appStart(with(4, new CborWriter().byteString(NOTHING).toBytes())).isRefusal(10, 100);
        appStart(with(4, new CborWriter().byteString(Bytes.concat(csr, Bytes.fromHex("00"))).toBytes())).isRefusal(10, 100);

        Wire.Reply credentials = appStart(with(2, text("serial \"with\" {{ 'everything' }} %n \u00fc"))).isMessage(11);
        Wire.post(service.url(), 12, credentials.token(), Bytes.fromHex("8182055820")).isRefusal(12, 100);
        Wire.post(service.url(), 12, credentials.token(), Bytes.concat(Bytes.fromHex("8182065820"), random(32))).isRefusal(12, 100);
        Wire.post(service.url(), 12, credentials.token(), Bytes.concat(Bytes.fromHex("81822f5820"), random(32))).isRefusal(12, 100);
        for (int number : List.of(22, 32, 62, 64, 66, 68, 70)) {
            Wire.post(service.url(), number, credentials.token(), Bytes.fromHex("80")).isRefusal(number, 1);
        }
        Wire.post(service.url(), 12, credentials.token(), Bytes.concat(Bytes.fromHex("8182055820"), random(32))).isMessage(13);
    }

    /** A station's path is one for initialisation alone, and for as long as the station is known. */
    @Test
    void opensInitialisationToStations() {
        String data = service.data().toString();
        Commands.Result added = Commands.run(folder, Map.of(), 30, List.of(Commands.launcher(), "station", "add", "line-1", "--data", data));
        assertThat(added.exitCode()).as(added.output()).isZero();
        String token = added.output().strip();
        URI station = service.url().resolve("/station/" + token + "/");

        assertThat(post(station, 10, recorded("csdk-ecdsa256-gcm"))).isEqualTo("11");
        assertThat(post(station, 20, Bytes.fromHex("80"))).isEqualTo("255");
        assertThat(post(service.url().resolve("/station/" + token.replace(token.charAt(0), '_') + "/"), 10, recorded("csdk-ecdsa256-gcm"))).isEqualTo("255");

        Commands.Result listed = Commands.run(folder, Map.of(), 30, List.of(Commands.launcher(), "station", "list", "--data", data));
        assertThat(listed.output().strip()).isEqualTo("line-1");
        Commands.Result revoked = Commands.run(folder, Map.of(), 30, List.of(Commands.launcher(), "station", "revoke", "line-1", "--data", data));
        assertThat(revoked.exitCode()).isZero();
        assertThat(post(station, 10, recorded("csdk-ecdsa256-gcm"))).isEqualTo("255");
        Commands.Result again = Commands.run(folder, Map.of(), 30, List.of(Commands.launcher(), "station", "revoke", "line-1", "--data", data));
        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(again.output()).contains("there is no station 'line-1'");
    }

    @Test
    void opensInitialisationToAStationForItsTime() {
        String data = service.data().toString();
        List<String> add = List.of(Commands.launcher(), "station", "add", "line-2", "--valid-for", "PT3S", "--data", data);
        Commands.Result added = Commands.run(folder, Map.of(), 30, add);
        URI station = service.url().resolve("/station/" + added.output().strip() + "/");
        assertThat(post(station, 10, recorded("csdk-ecdsa256-gcm"))).isEqualTo("11");
        Commands.Result listed = Commands.run(folder, Map.of(), 30, List.of(Commands.launcher(), "station", "list", "--data", data));
        assertThat(listed.output()).containsPattern("line-2  (until|expired) 20[0-9-]+T[0-9:]+Z");
        RunningService.pause(3_000);
        assertThat(post(station, 10, recorded("csdk-ecdsa256-gcm"))).isEqualTo("255");
        Commands.Result revoked = Commands.run(folder, Map.of(), 30, List.of(Commands.launcher(), "station", "revoke", "line-2", "--data", data));
        assertThat(revoked.exitCode()).as(revoked.output()).isZero();
    }

    private static String post(URI base, int number, Bytes body) {
        return Wire.postTo(base.resolve("fdo/101/msg/" + number), Optional.empty(), Optional.of("application/cbor"), body).messageType();
    }
}
