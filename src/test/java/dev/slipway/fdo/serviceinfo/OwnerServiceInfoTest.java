package dev.slipway.fdo.serviceinfo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.bytes.Bytes;
import dev.slipway.cbor.CborItem;
import dev.slipway.cbor.CborWriter;
import dev.slipway.failure.Failure;
import dev.slipway.fdo.serviceinfo.OwnerServiceInfo.Turn;
import dev.slipway.fdo.serviceinfo.module.DownloadModule;
import dev.slipway.fdo.type.Guid;
import dev.slipway.fdo.type.HashType;
import dev.slipway.fdo.type.ServiceInfoKeyValue;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The service info loop, as devices of several makers go through it. */
class OwnerServiceInfoTest {

    private static final Guid GUID = Guid.parse("00000000-0000-0000-0000-000000000001");
    private static final ServiceInfoKeyValue DOWNLOAD_LISTED = modules("fdo.download");

    private record Memory(Bytes octets) implements Content {

        @Override
        public long length() {
            return octets.length();
        }

        @Override
        public Bytes sha384() {
            return HashType.SHA384.hash(octets).value();
        }

        @Override
        public Bytes read(long offset, int length) {
            return octets.slice((int) offset, (int) offset + length);
        }
    }

    private static ServiceInfoKeyValue modules(String... names) {
        CborWriter list = new CborWriter().array(2 + names.length).integer(0).integer(names.length);
        for (String name : names) {
            list.text(name);
        }
        return ServiceInfoKeyValue.of("devmod:modules", list);
    }

    private static OwnerServiceInfo sending(int octets) {
        byte[] file = new byte[octets];
        for (int i = 0; i < octets; i++) {
            file[i] = (byte) (7 * i + i / 251);
        }
        return new OwnerServiceInfo((guid, devmod) -> new Plan(List.of(new DownloadModule("/etc/file", new Memory(Bytes.owning(file))))), 65_536);
    }

    private static Turn take(OwnerServiceInfo owner, ServiceInfoProgress progress, int maxOctets, ServiceInfoKeyValue... received) {
        return owner.take(GUID, progress, false, List.of(received), maxOctets);
    }

    private static ServiceInfoKeyValue done(long octets) {
        return ServiceInfoKeyValue.of("fdo.download:done", new CborWriter().integer(octets));
    }

    /** Collects a file as a device does; every message keeps to the size and activates the module first. */
    @ParameterizedTest(name = "{0} octets in messages of {1}")
    @CsvSource({"0, 1300", "1, 1300", "1013, 1300", "1014, 1300", "1015, 1300", "5000, 1300", "5000, 256", "200000, 65000", "100000, 4096"})
    void sendsAFileInPieces(int octets, int maxOctets) {
        OwnerServiceInfo owner = sending(octets);
        Turn turn = take(owner, ServiceInfoProgress.BEGIN, maxOctets, DOWNLOAD_LISTED);
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        List<String> keys = new ArrayList<>();
        boolean sawData = false;
        while (!(sawData && received.size() == octets)) {
            assertThat(ServiceInfoKeyValue.encodeList(turn.serviceInfo()).length()).isLessThanOrEqualTo(maxOctets);
            assertThat(turn.done()).isFalse();
            assertThat(turn.serviceInfo().get(0).key()).isEqualTo("fdo.download:active");
            for (ServiceInfoKeyValue keyValue : turn.serviceInfo()) {
                keys.add(keyValue.message());
                if (keyValue.message().equals("data")) {
                    Bytes piece = CborItem.decode(keyValue.value()).byteString();
                    assertThat(piece.length()).isLessThanOrEqualTo(1014);
                    received.writeBytes(piece.toArray());
                    sawData = true;
                }
            }
            turn = take(owner, turn.progress(), maxOctets);
        }
        assertThat(keys.stream().filter(key -> !key.equals("active") && !key.equals("data"))).containsExactly("sha-384", "length", "name");
        assertThat(turn.serviceInfo()).as("waits in silence").isEmpty();
        turn = take(owner, turn.progress(), maxOctets, done(octets));
        assertThat(turn.done()).isTrue();
        assertThat(turn.serviceInfo()).isEmpty();
        assertThat(turn.progress().skipped()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"-1", "0", "4", "6"})
    void failsWhenTheDeviceDidNotWriteItAll(long written) {
        OwnerServiceInfo owner = sending(5);
        Turn turn = take(owner, ServiceInfoProgress.BEGIN, 1300, DOWNLOAD_LISTED);
        assertThatThrownBy(() -> take(owner, turn.progress(), 1300, done(written))).isInstanceOf(Failure.Invalid.class);
        assertThat(take(owner, turn.progress(), 1300, done(5)).done()).isTrue();
    }

    @Test
    void isSilentWhileTheDeviceHasMore() {
        OwnerServiceInfo owner = sending(5);
        Turn turn = new Turn(ServiceInfoProgress.BEGIN, List.of(), false);
        List<ServiceInfoKeyValue> devmod = List.of(
                ServiceInfoKeyValue.of("devmod:active", new CborWriter().bool(true)),
                ServiceInfoKeyValue.of("devmod:os", new CborWriter().text("linux")),
                ServiceInfoKeyValue.of("devmod:unheard-of", new CborWriter().array(0)),
                ServiceInfoKeyValue.of("devmod:sn", new CborWriter().byteString(Bytes.fromHex("534e31"))),
                modules("devmod"),
                DOWNLOAD_LISTED);
        for (ServiceInfoKeyValue keyValue : devmod) {
            turn = owner.take(GUID, turn.progress(), true, List.of(keyValue), 1300);
            assertThat(turn.serviceInfo()).isEmpty();
            assertThat(turn.done()).isFalse();
        }
        assertThat(turn.progress().devmod().facts()).containsEntry("os", "linux").containsEntry("sn", "SN1");
        assertThat(turn.progress().devmod().modules()).containsExactlyInAnyOrder("devmod", "fdo.download");
        assertThat(take(owner, turn.progress(), 1300).serviceInfo()).isNotEmpty();
    }

    @Test
    void skipsModulesThatTheDeviceHasNotOrRefuses() {
        OwnerServiceInfo owner = sending(5);
        Turn without = take(owner, ServiceInfoProgress.BEGIN, 1300, modules("fdo_sys"));
        assertThat(without.done()).isTrue();
        assertThat(without.progress().skipped()).containsExactly("fdo.download: not among the device's modules");
        Turn sent = take(owner, ServiceInfoProgress.BEGIN, 1300, DOWNLOAD_LISTED);
        Turn refused = take(owner, sent.progress(), 1300, ServiceInfoKeyValue.of("fdo.download:active", new CborWriter().bool(false)));
        assertThat(refused.done()).isTrue();
        assertThat(refused.progress().skipped()).containsExactly("fdo.download: refused by the device");
    }

    @Test
    void goesOnWithoutADeviceThatNeverAnswers() {
        OwnerServiceInfo owner = sending(5);
        Turn turn = take(owner, ServiceInfoProgress.BEGIN, 1300, DOWNLOAD_LISTED);
        int rounds = 0;
        while (!turn.done()) {
            turn = take(owner, turn.progress(), 1300);
            rounds++;
        }
        assertThat(rounds).isBetween(100, 254);
        assertThat(turn.progress().skipped()).containsExactly("fdo.download: no answer from the device");
    }

    @Test
    void letsDevmodBeRepeatedButNotBegunAgain() {
        OwnerServiceInfo owner = sending(5);
        Turn turn = take(owner, ServiceInfoProgress.BEGIN, 1300, DOWNLOAD_LISTED);
        assertThat(take(owner, turn.progress(), 1300, DOWNLOAD_LISTED, done(5)).done()).isTrue();
        assertThatThrownBy(() -> owner.take(GUID, turn.progress(), true, List.of(DOWNLOAD_LISTED), 1300)).isInstanceOf(Failure.Invalid.class);
    }

    @Test
    void putsValuesTogetherThatWereCutOverPairs() {
        OwnerServiceInfo owner = sending(5);
        Bytes value = DOWNLOAD_LISTED.value();
        Turn turn = take(
                owner, ServiceInfoProgress.BEGIN, 1300,
                new ServiceInfoKeyValue("devmod:modules", value.slice(0, 7)),
                new ServiceInfoKeyValue("devmod:modules", value.slice(7, value.length())),
                new ServiceInfoKeyValue("devmod:os", Bytes.fromHex("61616162")));
        assertThat(turn.progress().devmod().modules()).containsExactly("fdo.download");
        assertThat(turn.progress().devmod().facts()).as("two values under one key: the last").containsEntry("os", "b");
        assertThatThrownBy(() -> take(
                        owner, ServiceInfoProgress.BEGIN, 1300,
                        new ServiceInfoKeyValue("devmod:modules", value.slice(0, 7)),
                        new ServiceInfoKeyValue("devmod:os", Bytes.fromHex("6161"))))
                .isInstanceOf(Failure.Malformed.class);
    }

    @Test
    void limitsWhatADeviceMaySend() {
        OwnerServiceInfo owner = sending(5);
        List<ServiceInfoKeyValue> many = new ArrayList<>();
        for (int i = 0; i < 257; i++) {
            many.add(modules("module" + i));
        }
        assertThatThrownBy(() -> owner.take(GUID, ServiceInfoProgress.BEGIN, true, many, 1300)).isInstanceOf(Failure.Malformed.class);
        ServiceInfoKeyValue half = new ServiceInfoKeyValue("devmod:os", Bytes.concat(Bytes.fromHex("5a00ffffff"), Bytes.owning(new byte[60_000])));
        ServiceInfoKeyValue more = new ServiceInfoKeyValue("devmod:os", Bytes.owning(new byte[60_000]));
        assertThatThrownBy(() -> owner.take(GUID, ServiceInfoProgress.BEGIN, true, List.of(half, more), 1300)).isInstanceOf(Failure.Malformed.class);
    }
}
