package dev.slipway.attestation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Finding;
import dev.slipway.tpm.EventLog;
import dev.slipway.tpm.Pcr;
import dev.slipway.tpm.PcrSelection;
import dev.slipway.tpm.TpmHash;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BootAppraiserTest {

    private static final TpmHash SHA256 = TpmHash.TPM_ALG_SHA256;
    private static final String SELECTION = "sha256:0,2,4,7,9,11";
    private static final PcrValues IN_INITRAMFS = TpmVectors.pcrs("eventlog/pcrs-after-boot.json", SELECTION);
    private static final PcrValues BEFORE_USER_SPACE = TpmVectors.pcrs("eventlog/pcrs-firmware-only.json", SELECTION);

    private static Booted booted(PcrValues values, Optional<MeasurementLog> log) {
        return new Booted(values, log, List.of());
    }

    private static MeasurementLog log(String firmware, boolean userspace) {
        List<Measurement> records = userspace ? UserspaceLog.decode(TpmVectors.bytes("eventlog/userspace.json-seq")) : List.of();
        return MeasurementLog.of(EventLog.decode(TpmVectors.bytes("eventlog/" + firmware)), records);
    }

    private static PcrPolicy allowing(PcrValues values) {
        return new PcrPolicy(List.of(ReferenceImage.of("image 41.20270501", values, Map.of())));
    }

    private static PcrValues with(PcrValues values, Pcr pcr, Bytes value) {
        Map<Pcr, Bytes> changed = new TreeMap<>(values.values());
        changed.put(pcr, value);
        return PcrValues.of(changed);
    }

    private static Pcr sha256(int index) {
        return new Pcr(SHA256, index);
    }

    private static Bytes octets(String octet) {
        return Bytes.fromHex(octet.repeat(32));
    }

    @Test
    void acceptsWhatWasPublished() {
        Appraisal appraisal = BootAppraiser.appraise(booted(IN_INITRAMFS, Optional.of(log("firmware.bin", true))), allowing(IN_INITRAMFS));
        assertThat(appraisal.findings()).isEmpty();
        assertThat(appraisal.rejection()).isEmpty();
        appraisal.requireAccepted();
    }

    /** Whatever is accepted, and where nothing is yet. */
    @Test
    void findsEvidenceThatIsWrongInItselfWithoutAPolicy() {
        assertThat(BootAppraiser.examine(booted(IN_INITRAMFS, Optional.of(log("firmware.bin", true)))).findings()).isEmpty();
        assertThat(BootAppraiser.examine(booted(IN_INITRAMFS, Optional.empty())).findings()).isEmpty();
        PcrValues changed = with(with(IN_INITRAMFS, sha256(7), octets("00")), sha256(11), octets("5a"));
        assertThat(BootAppraiser.examine(booted(changed, Optional.of(log("firmware.bin", true)))).findings())
                .extracting(Finding::id, Finding::path)
                .containsExactly(
                        tuple("attestation.replay", "sha256:7"),
                        tuple("attestation.replay", "sha256:11"),
                        tuple("attestation.pcr-reset-state", "sha256:7"));
    }

    @Test
    void namesTheRegisterWithBothValues() {
        Appraisal appraisal = BootAppraiser.appraise(booted(IN_INITRAMFS, Optional.empty()), allowing(BEFORE_USER_SPACE));
        assertThat(appraisal.rejection()).contains(Reason.PCR_POLICY);
        assertThat(appraisal.findings()).containsExactly(Finding.error(
                "attestation.pcr-policy",
                "sha256:11",
                "expected by image 41.20270501: e93fe35541b65c704ad81a5df611aa3351425c160123c9d6c6c0d1c19e91a3c2, found "
                        + IN_INITRAMFS.values().get(sha256(11))));
    }

    /** The log is true, and one event longer than the image's. */
    @Test
    void namesTheEventThatIsOneTooMany() {
        Appraisal appraisal = BootAppraiser.appraise(booted(IN_INITRAMFS, Optional.of(log("firmware.bin", true))), allowing(BEFORE_USER_SPACE));
        assertThat(appraisal.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.path()).isEqualTo("sha256:11");
            assertThat(finding.message()).endsWith("; it was as expected before user-space event 0 phase enter-initrd");
        });
    }

    @Test
    void namesTheFirstEventThatDiffers() {
        MeasurementLog other = log("other-uki.bin", false);
        PcrValues booted = PcrValues.of(Map.of(
                sha256(4), other.value(sha256(4)).orElseThrow(), sha256(7), BEFORE_USER_SPACE.values().get(sha256(7))));
        MeasurementLog published = log("firmware.bin", false);
        PcrValues values = PcrValues.of(Map.of(
                sha256(4), BEFORE_USER_SPACE.values().get(sha256(4)), sha256(7), BEFORE_USER_SPACE.values().get(sha256(7))));
        List<Bytes> events = published.of(4).stream().map(event -> event.digest(SHA256).orElseThrow()).toList();
        PcrPolicy policy = new PcrPolicy(List.of(ReferenceImage.of("image 41", values, Map.of(sha256(4), events))));

        Appraisal appraisal = BootAppraiser.appraise(booted(booted, Optional.of(other)), policy);
        Bytes found = other.of(4).get(2).digest(SHA256).orElseThrow();
        assertThat(found).isNotEqualTo(events.get(2));
        assertThat(appraisal.findings()).singleElement().satisfies(finding -> assertThat(finding.message())
                .endsWith("; event 19 EV_EFI_BOOT_SERVICES_APPLICATION has digest " + found + ", expected " + events.get(2)));
    }

    /** A log that does not lead to what was quoted is about something else, so nothing in it is repeated. */
    @Test
    void believesNothingOfALogThatDoesNotReplay() {
        PcrValues changed = with(IN_INITRAMFS, sha256(11), octets("5a"));
        Appraisal appraisal = BootAppraiser.appraise(booted(changed, Optional.of(log("firmware.bin", false))), allowing(BEFORE_USER_SPACE));
        assertThat(appraisal.rejection()).contains(Reason.REPLAY);
        assertThat(appraisal.findings()).extracting(Finding::id).containsExactly("attestation.replay", "attestation.pcr-policy");
        assertThat(appraisal.findings().get(0).path()).isEqualTo("sha256:11");
        assertThat(appraisal.findings().get(0).message()).isEqualTo("quoted is " + octets("5a")
                + ", the event log leads to e93fe35541b65c704ad81a5df611aa3351425c160123c9d6c6c0d1c19e91a3c2");
        assertThat(appraisal.findings().get(1).message()).doesNotContain("event");
    }

    /** systemd before version 255 extends its phases, and logs them nowhere. */
    @Test
    void addsThePhasesThatNoLogHas() {
        Optional<MeasurementLog> firmware = Optional.of(log("firmware.bin", false));
        assertThat(BootAppraiser.examine(booted(IN_INITRAMFS, firmware)).findings()).isEmpty();
        assertThat(BootAppraiser.appraise(booted(IN_INITRAMFS, firmware), allowing(BEFORE_USER_SPACE)).findings()).singleElement().satisfies(finding ->
                assertThat(finding.message()).endsWith("; it was as expected before phase enter-initrd, which is in no log"));
        PcrValues later = PcrValues.split(PcrSelection.parse(SELECTION), TpmVectors.find("quote/after-leave-initrd").bytes("pcr_values")).orElseThrow();
        for (boolean userspace : new boolean[] {false, true}) {
            assertThat(BootAppraiser.examine(booted(later, Optional.of(log("firmware.bin", userspace)))).findings()).isEmpty();
        }
    }

    @Test
    void namesTheEventWhoseDataWasChanged() {
        Appraisal appraisal = BootAppraiser.appraise(
                booted(BEFORE_USER_SPACE, Optional.of(log("neg-data-not-matching-digest.bin", false))), allowing(BEFORE_USER_SPACE));
        assertThat(appraisal.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.id()).isEqualTo("attestation.event-data");
            assertThat(finding.path()).isEqualTo("sha256:7");
            assertThat(finding.message())
                    .startsWith("event 2 EV_EFI_VARIABLE_DRIVER_CONFIG: expected the hash of its data, ")
                    .endsWith(", found ccfc4bb32888a345bc8aeadaba552b627d99348c767681ab3141f5b01e40a40e");
        });
    }

    @Test
    void refusesALogWithoutTheQuotedBank() {
        PcrValues sha512 = PcrValues.of(Map.of(new Pcr(TpmHash.TPM_ALG_SHA512, 7), Bytes.fromHex("11".repeat(64))));
        Appraisal appraisal = BootAppraiser.appraise(booted(sha512, Optional.of(log("firmware.bin", false))), allowing(sha512));
        assertThat(appraisal.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.path()).isEqualTo("sha512:7");
            assertThat(finding.message()).endsWith("the event log has no digests of its bank");
        });
    }

    @ParameterizedTest(name = "PCR {0} is {1}")
    @CsvSource({
        "0, 0000, true", "0, 0003, true", "0, 0004, true", "0, 0005, false", "0, 0100, false", "1, 0000, true", "7, 0000, true", "7, 0001, false",
        "8, 0000, false", "11, 0000, false", "14, 0000, false"
    })
    void refusesFirmwareRegistersThatWereNeverExtended(int index, String lastOctets, boolean refused) {
        PcrValues values = PcrValues.of(Map.of(sha256(index), Bytes.fromHex("00".repeat(30) + lastOctets)));
        Appraisal appraisal = BootAppraiser.appraise(booted(values, Optional.empty()), allowing(values));
        assertThat(appraisal.rejection()).isEqualTo(refused ? Optional.of(Reason.PCR_RESET_STATE) : Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 13})
    void wantsCredentialsAndExtensionsListedOrNone(int index) {
        PcrValues none = with(IN_INITRAMFS, sha256(index), octets("00"));
        PcrValues some = with(IN_INITRAMFS, sha256(index), octets("5a"));
        assertThat(BootAppraiser.appraise(booted(none, Optional.empty()), allowing(IN_INITRAMFS)).findings()).isEmpty();
        assertThat(BootAppraiser.appraise(booted(some, Optional.empty()), allowing(some)).findings()).isEmpty();
        assertThat(BootAppraiser.appraise(booted(some, Optional.empty()), allowing(IN_INITRAMFS)).findings()).containsExactly(Finding.error(
                "attestation.pcr-policy", "sha256:" + index, "expected by image 41.20270501: nothing extended, found " + octets("5a")));
    }

    @Test
    void wantsEveryRegisterOfAnImageQuoted() {
        PcrValues less = PcrValues.of(Map.of(sha256(7), IN_INITRAMFS.values().get(sha256(7))));
        assertThat(BootAppraiser.appraise(booted(less, Optional.empty()), allowing(IN_INITRAMFS)).findings())
                .extracting(Finding::path)
                .containsExactly("sha256:0", "sha256:2", "sha256:4", "sha256:9", "sha256:11");
    }

    @Test
    void tellsTheDifferenceFromTheNearestImage() {
        PcrValues near = with(IN_INITRAMFS, sha256(4), octets("01"));
        PcrValues far = with(with(near, sha256(7), octets("02")), sha256(9), octets("03"));
        PcrPolicy policy = new PcrPolicy(List.of(ReferenceImage.of("image far", far, Map.of()), ReferenceImage.of("image near", near, Map.of())));
        assertThat(BootAppraiser.appraise(booted(IN_INITRAMFS, Optional.empty()), policy).findings()).singleElement().satisfies(finding -> {
            assertThat(finding.path()).isEqualTo("sha256:4");
            assertThat(finding.message()).startsWith("expected by image near: ");
        });
    }

    @Test
    void takesNoPolicyThatLetsEverythingPass() {
        assertThatThrownBy(() -> new PcrPolicy(List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> allowing(PcrValues.of(Map.of()))).isInstanceOf(IllegalArgumentException.class);
        for (int resettable : new int[] {16, 23}) {
            assertThatThrownBy(() -> allowing(PcrValues.of(Map.of(sha256(resettable), octets("01"))))).hasMessageContaining("anybody can reset");
        }
        assertThatThrownBy(() -> PcrValues.of(Map.of(sha256(7), Bytes.fromHex("01".repeat(20))))).hasMessageContaining("20 octets");
    }

    private static EventLog.Event event(int number, long pcr, long type, Bytes data) {
        return new EventLog.Event(number, pcr, type, Map.of(SHA256, SHA256.digest(data)), data);
    }

    private static Bytes value(int pcr, EventLog.Event... events) {
        return MeasurementLog.of(new EventLog(Set.of(SHA256), List.of(events)), List.of()).value(sha256(pcr)).orElseThrow();
    }

    /** Where the TPM was started from, which EV_NO_ACTION tells, and an H-CRTM event implies. */
    @Test
    void beginsPcr0WithTheStartupLocality() {
        Bytes locality3 = Bytes.fromHex("537461727475704c6f63616c69747900" + "03");
        Bytes three = Bytes.fromHex("00".repeat(31) + "03");
        assertThat(value(0, event(0, 0, 3, locality3))).isEqualTo(three);
        assertThat(value(1, event(0, 0, 3, locality3))).isEqualTo(octets("00"));
        assertThat(value(0, event(0, 1, 3, locality3))).as("told in another register").isEqualTo(octets("00"));
        assertThat(value(0, event(0, 0, 3, Bytes.concat(locality3, Bytes.EMPTY).slice(0, 16)))).isEqualTo(octets("00"));
        Bytes hcrtm = Bytes.fromHex("aa");
        Bytes four = Bytes.fromHex("00".repeat(31) + "04");
        assertThat(value(0, event(0, 0, 0x80000010L, hcrtm))).isEqualTo(SHA256.digest(four, SHA256.digest(hcrtm)));
    }

    @ParameterizedTest
    @CsvSource({"15, 00", "16, 00", "17, ff", "22, ff", "23, 00"})
    void beginsDynamicRegistersWithOnes(int index, String octet) {
        assertThat(value(index)).isEqualTo(octets(octet));
    }

    @Test
    void neverExtendsEventsOfNoAction() {
        assertThat(value(7, event(0, 7, 3, Bytes.fromHex("aa")))).isEqualTo(octets("00"));
    }
}
