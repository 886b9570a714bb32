package dev.slipway.tpm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.Vectors;
import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure.Malformed;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventLogTest {

    private static final String SPEC_ID = "53706563204944204576656e74303300";
    private static final String SHA1_AND_SHA256 = "02000000" + "04001400" + "0b002000";
    private static final String BOTH = "02000000" + "0400" + "aa".repeat(20) + "0b00" + "bb".repeat(32);

    /** The first record; numbers are little-endian. */
    private static String header(String algorithms, String vendorInfo) {
        String data = SPEC_ID + "00000000" + "00" + "02" + "00" + "02" + algorithms + vendorInfo;
        return "00000000" + "03000000" + "00".repeat(20) + le32(data.length() / 2) + data;
    }

    private static String event(int pcr, String digests, int size, String data) {
        return le32(pcr) + "04000000" + digests + le32(size) + data;
    }

    private static String le32(int number) {
        return "%08x".formatted(Integer.reverseBytes(number));
    }

    private static EventLog read(String hex) {
        return EventLog.decode(Bytes.fromHex(hex));
    }

    @Test
    void readsARealLog() {
        EventLog log = EventLog.decode(Vectors.bytes("tpm/eventlog/firmware.bin"));
        assertThat(log.banks()).containsExactlyInAnyOrder(TpmHash.TPM_ALG_SHA1, TpmHash.TPM_ALG_SHA256, TpmHash.TPM_ALG_SHA384);
        assertThat(log.events()).hasSize(33);
        EventLog.Event first = log.events().get(0);
        assertThat(first).hasToString("event 0 EV_S_CRTM_VERSION");
        assertThat(first.pcr()).isZero();
        assertThat(first.digests().get(TpmHash.TPM_ALG_SHA1)).hasToString("f482267e75565939679a0ace0518f988beeec96c");
        assertThat(first.data().length()).isEqualTo(30);
    }

    @Test
    void readsBothDigestsInEitherOrder() {
        String reversed = "02000000" + "0b00" + "bb".repeat(32) + "0400" + "aa".repeat(20);
        EventLog log = read(header(SHA1_AND_SHA256, "00") + event(7, BOTH, 1, "00") + event(23, reversed, 0, ""));
        assertThat(log.events().get(0).digests()).isEqualTo(log.events().get(1).digests());
        assertThat(log.events().get(1).pcr()).isEqualTo(23);
    }

    @Test
    void readsTheOlderFormat() {
        EventLog log = read("00000000" + "08000000" + "cc".repeat(20) + "02000000" + "3100" + "07000000" + "04000000" + "dd".repeat(20) + "00000000");
        assertThat(log.banks()).isEqualTo(Set.of(TpmHash.TPM_ALG_SHA1));
        assertThat(log.events()).hasSize(2);
        assertThat(log.events().get(0).digests()).containsOnlyKeys(TpmHash.TPM_ALG_SHA1);
        assertThat(log.events().get(1).pcr()).isEqualTo(7);
    }

    /** SM3 and SHA-3 are measured by some firmware, and not computed here. */
    @Test
    void passesOverDigestsThatItCannotCompute() {
        String sm3AndSha256 = "02000000" + "12002000" + "0b002000";
        String digests = "02000000" + "1200" + "ee".repeat(32) + "0b00" + "bb".repeat(32);
        EventLog log = read(header(sm3AndSha256, "03aabbcc") + event(0, digests, 0, ""));
        assertThat(log.banks()).isEqualTo(Set.of(TpmHash.TPM_ALG_SHA256));
        assertThat(log.events().get(0).digests()).containsOnlyKeys(TpmHash.TPM_ALG_SHA256);
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource({
        "00000000, no algorithms", "09000000, nine algorithms", "ffffffff, four billion algorithms", "010000000b001f00, a digest size that is wrong",
        "0100000099002000, an unknown algorithm", "020000000b0020000b002000, an algorithm twice", "020000000b002000, fewer algorithms than it says"
    })
    void refusesOtherAlgorithms(String algorithms, String what) {
        assertThatThrownBy(() -> read(header(algorithms, "00"))).as(what).isInstanceOf(Malformed.class);
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource({
        "01000000 0400 a1 0b00 b2, one digest missing", "03000000 0400 a1 0b00 b2 0c00 c3, one too many", "02000000 0400 a1 0400 a1, one twice",
        "02000000 0400 a1 0c00 c3, one unannounced", "ffffffff 0400 a1 0b00 b2, four billion digests", "00000000, none"
    })
    void refusesOtherDigests(String digests, String what) {
        String hex = digests.replace(" ", "").replace("a1", "aa".repeat(20)).replace("b2", "bb".repeat(32)).replace("c3", "cc".repeat(48));
        assertThatThrownBy(() -> read(header(SHA1_AND_SHA256, "00") + event(0, hex, 0, ""))).as(what).isInstanceOf(Malformed.class);
    }

    @Test
    void refusesOtherVersionsAndVendorInfo() {
        String log = header(SHA1_AND_SHA256, "00");
        assertThatThrownBy(() -> read(log.replace("00020002" + SHA1_AND_SHA256, "00010002" + SHA1_AND_SHA256))).isInstanceOf(Malformed.class);
        assertThatThrownBy(() -> read(header(SHA1_AND_SHA256, "0000"))).isInstanceOf(Malformed.class);
        assertThatThrownBy(() -> read(header(SHA1_AND_SHA256, "01"))).isInstanceOf(Malformed.class);
        assertThatThrownBy(() -> read("")).isInstanceOf(Malformed.class);
    }

    @Test
    void refusesRegistersThatThereAreNot() {
        assertThat(read(header(SHA1_AND_SHA256, "00") + event(23, BOTH, 0, "")).events()).hasSize(1);
        for (int pcr : new int[] {24, 255, -1}) {
            String log = header(SHA1_AND_SHA256, "00") + event(pcr, BOTH, 0, "");
            assertThatThrownBy(() -> read(log)).isInstanceOf(Malformed.class);
            String noAction = log.replace(le32(pcr) + "04000000", le32(pcr) + "03000000");
            assertThat(read(noAction).events()).as("an event that is extended nowhere").hasSize(1);
        }
    }

    @Test
    void keepsToTheLimitOfAnEvent() {
        int most = 256 * 1024;
        assertThat(read(header(SHA1_AND_SHA256, "00") + event(0, BOTH, most, "00".repeat(most))).events()).hasSize(1);
        assertThatThrownBy(() -> read(header(SHA1_AND_SHA256, "00") + event(0, BOTH, most + 1, "00".repeat(most + 1))))
                .hasMessageContaining("event of 262145 octets");
        assertThatThrownBy(() -> read(header(SHA1_AND_SHA256, "00") + event(0, BOTH, -1, ""))).hasMessageContaining("event of 4294967295 octets");
        assertThatThrownBy(() -> read(header(SHA1_AND_SHA256, "00") + event(0, BOTH, 2, "00"))).hasMessage("event log ends early");
    }

    @Test
    void keepsToTheLimitsOfALog() {
        String most = header(SHA1_AND_SHA256, "00") + event(0, BOTH, 0, "").repeat(4096);
        assertThat(read(most).events()).hasSize(4096);
        assertThatThrownBy(() -> read(most + event(0, BOTH, 0, ""))).hasMessageContaining("more than 4096 events");
        assertThatThrownBy(() -> EventLog.decode(Bytes.owning(new byte[1024 * 1024 + 1]))).hasMessageContaining("1048577 octets");
    }
}
