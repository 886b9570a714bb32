package dev.slipway.attestation.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.slipway.attestation.BootAppraiser;
import dev.slipway.attestation.BootPhase;
import dev.slipway.attestation.Booted;
import dev.slipway.attestation.Measurement;
import dev.slipway.attestation.MeasurementLog;
import dev.slipway.attestation.PcrValues;
import dev.slipway.attestation.RecordedQuote;
import dev.slipway.attestation.TpmVectors;
import dev.slipway.attestation.UserspaceLog;
import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Finding;
import dev.slipway.policy.Policies;
import dev.slipway.tpm.EventLog;
import dev.slipway.tpm.Pcr;
import dev.slipway.tpm.TpmHash;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReferencePolicyTest {

    private static final TpmHash SHA256 = TpmHash.TPM_ALG_SHA256;
    private static final String UKI = "3e5e53057d22ec61062e3c0efcc16dae794af40b811378ad298fed54247dfc21";
    private static final ReferencePolicy GATEWAY = Policies.read(Policies.text("gateway.yaml")).policy();

    private static Pcr sha256(int index) {
        return new Pcr(SHA256, index);
    }

    private static MeasurementLog log(String firmware, boolean userspace) {
        List<Measurement> records = userspace ? UserspaceLog.decode(TpmVectors.bytes("eventlog/userspace.json-seq")) : List.of();
        return MeasurementLog.of(EventLog.decode(TpmVectors.bytes("eventlog/" + firmware)), records);
    }

    private static PcrValues quoted(String quote) {
        return RecordedQuote.decode(TpmVectors.bytes("quotes/" + quote + "/attest.bin"))
                .values(TpmVectors.bytes("quotes/" + quote + "/pcrs.values"))
                .orElseThrow();
    }

    private static Booted gateway() {
        return new Booted(quoted("ecdsa256"), Optional.of(log("firmware.bin", true)), List.of());
    }

    /** A machine of our own: what a log leads to is what it quotes. */
    private static Booted telling(MeasurementLog log) {
        Map<Pcr, Bytes> values = new TreeMap<>();
        GATEWAY.pcrs().pcrs().forEach(pcr -> values.put(pcr, log.value(pcr).orElseThrow()));
        return new Booted(PcrValues.of(values), Optional.of(log), List.of());
    }

    private static Measurement measured(int pcr, String description, Bytes data) {
        return new Measurement(description, pcr, Map.of(SHA256, SHA256.digest(data)), Optional.empty());
    }

    private static Bytes ascii(String text) {
        return Bytes.owning(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static MeasurementLog with(MeasurementLog log, int at, Measurement added) {
        List<Measurement> measurements = new ArrayList<>(log.measurements());
        measurements.add(at, added);
        return new MeasurementLog(measurements, log.startupLocality());
    }

    private static List<Finding> judged(String sections, Booted booted) {
        return BootAppraiser.appraise(booted, Policies.read("name: p\npcrs: sha256:0,2,4,7,9,11\n" + sections).policy()).findings();
    }

    @Test
    void acceptsWhatIsListedAndNamesTheImage() {
        assertThat(BootAppraiser.appraise(gateway(), GATEWAY).findings()).isEmpty();
        assertThat(GATEWAY.image(gateway())).contains("image 41");
        Booted withoutUserspaceLog = new Booted(quoted("ecdsa256"), Optional.of(log("firmware.bin", false)), List.of());
        assertThat(BootAppraiser.appraise(withoutUserspaceLog, GATEWAY).findings()).as("systemd 252 writes no log").isEmpty();
    }

    /** The whole of what an operator has to know: register, event, expected, found. */
    @Test
    void explainsAnotherImage() {
        Booted other = telling(log("other-uki.bin", true));
        String found = "f721cb80963e49eaee0d09918541f22c9b48feb217de573600ab35cb7b98b03a";
        assertThat(BootAppraiser.appraise(other, GATEWAY).findings()).extracting(Finding::path, Finding::message).containsExactly(
                tuple("sha256:4", "expected by image 41: ac254453173252320ddf3e775e08fb05eee93fc7a686bb4201fdd09f3fa7fbe7, found "
                        + other.quoted().values().get(sha256(4)) + "; event 19 EV_EFI_BOOT_SERVICES_APPLICATION has digest " + found
                        + ", expected " + UKI),
                tuple("sha256:9", "expected by image 41: 5a0e7796eb2842d426a1482a211534e558e8d1ec5ba5c743d32d4ff303de31f4, found "
                        + other.quoted().values().get(sha256(9))),
                tuple("sha256:11", "expected by image 41: 0829573f8660c809643a7389e057dfb4141c2cfeff92542aeaa6a0185f6fc19d, found "
                        + other.quoted().values().get(sha256(11))),
                tuple("sha256:4", "expected an event that the policy lists, found " + found + "; event 19 EV_EFI_BOOT_SERVICES_APPLICATION"),
                tuple("sha256:4", "expected one of 1 events that the policy lists, found none of them in the event log"));
    }

    @Test
    void refusesAQuoteAfterTheInitramfsWasLeft() {
        Booted later = new Booted(quoted("after-leave-initrd"), Optional.of(log("firmware.bin", true)), List.of());
        assertThat(judged("phase: enter-initrd", later)).extracting(Finding::path, Finding::message).containsExactly(
                tuple("sha256:11", "expected boot phase enter-initrd, found enter-initrd:leave-initrd"));
        assertThat(judged("phase: enter-initrd:leave-initrd", later)).isEmpty();
        assertThat(judged("phase: none", gateway())).extracting(Finding::message).containsExactly("expected boot phase none, found enter-initrd");
    }

    /** Whoever is root later can extend the phase of the initramfs once more, and tell any story in the log. */
    @Test
    void seesPhasesThatALogCallsSomethingElse() {
        MeasurementLog firmware = log("firmware.bin", true);
        MeasurementLog later = with(firmware, firmware.measurements().size(), measured(11, "event 99 EV_IPL", ascii("leave-initrd")));
        MeasurementLog again = with(later, later.measurements().size(), measured(11, "phase enter-initrd", ascii("enter-initrd")));
        assertThat(judged("phase: enter-initrd", telling(again))).extracting(Finding::message)
                .containsExactly("expected boot phase enter-initrd, found enter-initrd:leave-initrd:enter-initrd");
        assertThat(PhaseRule.phases(again, SHA256)).containsExactly(BootPhase.ENTER_INITRD, BootPhase.LEAVE_INITRD, BootPhase.ENTER_INITRD);
    }

    @Test
    void wantsSecureBootAsThePolicySays() {
        assertThat(judged("secure-boot: on", gateway())).isEmpty();
        assertThat(judged("secure-boot: off", gateway())).extracting(Finding::path, Finding::message).containsExactly(
                tuple("sha256:7", "expected Secure Boot off, found on; event 2 EV_EFI_VARIABLE_DRIVER_CONFIG"));
    }

    /** What is measured after the separator, anybody measured. */
    @Test
    void believesNoSecureBootAfterTheSeparator() {
        MeasurementLog firmware = log("firmware.bin", true);
        List<Measurement> measurements = new ArrayList<>(firmware.measurements());
        Measurement on = measurements.stream().filter(event -> event.pcr() == 7).findFirst().orElseThrow();
        measurements.remove(on);
        measurements.add(on);
        Booted late = telling(new MeasurementLog(measurements, 0));
        assertThat(judged("secure-boot: on", late)).extracting(Finding::message)
                .containsExactly("expected Secure Boot on, found no event of it before the separator");
        assertThat(judged("secure-boot: off", late)).hasSize(1);
    }

    /** As firmware without Secure Boot has it: the variable with 0, or with nothing. */
    @ParameterizedTest
    @CsvSource({"0100000000000000, 00", "0000000000000000, ''"})
    void seesThatSecureBootIsOff(String length, String data) {
        String name = "53006500630075007200650042006f006f007400";
        Bytes variable = Bytes.fromHex("61dfe48bca93d211aa0d00e098032b8c" + "0a00000000000000" + length + name + data);
        MeasurementLog off = new MeasurementLog(List.of(measured(7, "event 0", variable)), 0);
        assertThat(SecureBootRule.state(off, SHA256)).contains(new SecureBootRule.State(false, "event 0"));
    }

    @Test
    void wantsNothingMeasuredButWhatIsListed() {
        String allowed = "events: {4: [{digest: " + UKI + ", what: UKI}]}";
        assertThat(judged(allowed, gateway())).isEmpty();
        MeasurementLog firmware = log("firmware.bin", true);
        Measurement driver = measured(4, "event 31 EV_EFI_BOOT_SERVICES_DRIVER", ascii("bootkit"));
        assertThat(judged(allowed, telling(with(firmware, 31, driver)))).extracting(Finding::message).containsExactly(
                "expected an event that the policy lists, found 870be514fde6d3fd08d246b75b7bf2b00fe78c989417011102e29ca56e9b25c0; event 31 EV_EFI_BOOT_SERVICES_DRIVER");
        Measurement error = measured(4, "event 31 EV_SEPARATOR", Bytes.fromHex("00000001"));
        assertThat(judged(allowed, telling(with(firmware, 31, error)))).as("the separator of an error is none").hasSize(1);
        Measurement returning = measured(4, "event 31 EV_EFI_ACTION", ascii("Returning from EFI Application from Boot Option"));
        assertThat(judged(allowed, telling(with(firmware, 31, returning)))).isEmpty();
    }

    /** What cannot be seen is not so. */
    @Test
    void refusesWithoutALogWhereALogIsNeeded() {
        Booted silent = new Booted(quoted("ecdsa256"), Optional.empty(), List.of());
        Booted lying = new Booted(quoted("ecdsa256"), Optional.of(log("other-uki.bin", true)), List.of());
        for (String section : List.of("secure-boot: on", "phase: enter-initrd", "events: {4: [{digest: " + UKI + ", what: UKI}]}")) {
            assertThat(judged(section, silent)).singleElement().satisfies(finding -> assertThat(finding.message())
                    .startsWith("expected an event log that leads to what was quoted, to see ").endsWith(", found none that does"));
            assertThat(judged(section, lying)).extracting(Finding::id)
                    .containsExactly("attestation.replay", "attestation.replay", "attestation.replay", "attestation.pcr-policy");
        }
    }

    /** The loader of one version with the kernel of another is no image; deleting a version locks it out. */
    @Test
    void takesImagesAsAWhole() {
        String first = "  - {version: a, pcrs: {4: ac254453173252320ddf3e775e08fb05eee93fc7a686bb4201fdd09f3fa7fbe7, 11: " + "5a".repeat(32) + "}}\n";
        String second = "  - {version: b, pcrs: {4: " + "5b".repeat(32) + ", 11: 0829573f8660c809643a7389e057dfb4141c2cfeff92542aeaa6a0185f6fc19d}}\n";
        String third = "  - {version: c, pcrs: {11: 0829573f8660c809643a7389e057dfb4141c2cfeff92542aeaa6a0185f6fc19d}}\n";
        assertThat(judged("images:\n" + first + second, gateway())).singleElement()
                .satisfies(finding -> assertThat(finding.message()).startsWith("expected by image b: " + "5b".repeat(32)));
        assertThat(judged("images:\n" + first + second + third, gateway())).isEmpty();
    }

    @Test
    void wantsOnePlatformAsAWholeToo() {
        String image = "images: [{version: c, pcrs: {11: 0829573f8660c809643a7389e057dfb4141c2cfeff92542aeaa6a0185f6fc19d}}]\n";
        String platform = "platforms: [{name: P, pcrs: {0: [" + "5a".repeat(32) + ", " + "5b".repeat(32) + "]}}]\n";
        assertThat(judged(image + platform, gateway())).extracting(Finding::path, Finding::message).containsExactly(tuple(
                "sha256:0",
                "expected by platform P: " + "5a".repeat(32) + " or " + "5b".repeat(32)
                        + ", found 2a1c07ddd41246564e4e1d7afad1d5768ce864084adf47c8f8258df165aba02f"));
    }

    @Test
    void wantsItsRegistersQuoted() {
        List<Finding> findings = BootAppraiser.appraise(
                gateway(), Policies.read("name: p\npcrs: sha256:7,14\nimages: [{version: 1, pcrs: {14: " + "5a".repeat(32) + "}}]").policy()).findings();
        assertThat(findings).extracting(Finding::path, Finding::message).containsExactly(
                tuple("sha256:14", "the policy p is about it, and it was not quoted"),
                tuple("sha256:14", "image 1 has a value for it, and it was not quoted"));
    }

    /** Whatever tells the image: what came from outside of it is in PCR 12 and 13. */
    @Test
    void wantsNothingAddedToAnImageThatIsToldByItsEvents() {
        Map<Pcr, Bytes> values = new TreeMap<>(quoted("ecdsa256").values());
        values.put(sha256(12), Bytes.fromHex("5a".repeat(32)));
        Booted added = new Booted(PcrValues.of(values), Optional.empty(), List.of());
        ReferencePolicy policy = Policies.read("name: p\npcrs: sha256:0,12\nplatforms: [{name: P, pcrs: {0: "
                + "2a1c07ddd41246564e4e1d7afad1d5768ce864084adf47c8f8258df165aba02f}}]").policy();
        assertThat(BootAppraiser.appraise(added, policy).findings()).extracting(Finding::path, Finding::message).containsExactly(
                tuple("sha256:12", "expected by the policy p: nothing extended, found " + "5a".repeat(32)));
    }
}
