package dev.slipway.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.attestation.BootAppraiser;
import dev.slipway.attestation.Booted;
import dev.slipway.attestation.Measurement;
import dev.slipway.attestation.MeasurementLog;
import dev.slipway.attestation.PcrValues;
import dev.slipway.attestation.RecordedQuote;
import dev.slipway.attestation.TpmVectors;
import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure.ConfigInvalid;
import dev.slipway.failure.Failure.Invalid;
import dev.slipway.tpm.EventLog;
import dev.slipway.tpm.Pcr;
import dev.slipway.tpm.PcrSelection;
import dev.slipway.tpm.TpmHash;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Policies that nobody wrote. */
class PolicyProposalTest {

    private static final TpmHash SHA256 = TpmHash.TPM_ALG_SHA256;

    private static MeasurementLog log(String firmware) {
        return MeasurementLog.of(EventLog.decode(TpmVectors.bytes("eventlog/" + firmware)), List.of());
    }

    private static Booted quoted(String quote, Optional<MeasurementLog> log) {
        PcrValues values = RecordedQuote.decode(TpmVectors.bytes("quotes/" + quote + "/attest.bin"))
                .values(TpmVectors.bytes("quotes/" + quote + "/pcrs.values"))
                .orElseThrow();
        return new Booted(values, log, List.of());
    }

    /** A machine that quotes what its log leads to. */
    private static Booted telling(String selection, MeasurementLog log) {
        Map<Pcr, Bytes> values = new TreeMap<>();
        PcrSelection.parse(selection).pcrs().forEach(pcr -> values.put(pcr, log.value(pcr).orElseThrow()));
        return new Booted(PcrValues.of(values), Optional.of(log), List.of());
    }

    private static MeasurementLog with(MeasurementLog log, int pcr, String what) {
        List<Measurement> measurements = new ArrayList<>(log.measurements());
        Bytes data = Bytes.owning(what.getBytes(StandardCharsets.US_ASCII));
        measurements.add(new Measurement("event 31 of " + what, pcr, Map.of(SHA256, SHA256.digest(data)), Optional.empty()));
        return new MeasurementLog(measurements, log.startupLocality());
    }

    private static void assertLetsPass(String yaml, Booted... boots) {
        PolicyDocument policy = Policies.read(yaml);
        for (Booted boot : boots) {
            assertThat(BootAppraiser.appraise(boot, policy.policy()).findings()).as(yaml).isEmpty();
        }
    }

    @Test
    void proposesWhatOneDeviceBooted() {
        Booted gateway = quoted("ecdsa256", Optional.of(log("firmware.bin")));
        String yaml = PolicyProposal.of("gateway", List.of(new LearnedBoot("gw-1", gateway)));
        assertThat(yaml).startsWith("""
                # Proposed from what 1 device booted: gw-1
                name: gateway
                pcrs: sha256:0,2,4,7,9,11
                platforms:
                  # gw-1
                  - name: learned-1
                    pcrs:
                      0:
                        events:
                          - 189f16c879e7b9151c8d520358a7c05e774c4a7e2843342eca076bc7dc5223d8 # event 0 EV_S_CRTM_VERSION
                """).contains("""
                images:
                  # gw-1
                  - version: learned-1
                    pcrs:
                      4:
                        events:
                          - 3d6772b4f84ed47595d72a2c4c5ffd15f5bb72c7507fe26f2aaee2c69d5633ba # event 14 EV_EFI_ACTION
                          - df3f619804a92fdb4057192dc43dd748ea778adc52bc498ce80524c014b81119 # event 15 EV_SEPARATOR
                          - 3e5e53057d22ec61062e3c0efcc16dae794af40b811378ad298fed54247dfc21 # event 19 EV_EFI_BOOT_SERVICES_APPLICATION
                """).endsWith("""
                          - 51e6b92f405d1f98d96e3de343d61d420ad6923b25de21d766f9298192f14fed # phase enter-initrd, which is in no log
                secure-boot: on
                phase: enter-initrd
                """);
        assertLetsPass(yaml, gateway);
        assertThat(Policies.read(yaml).warnings()).isEmpty();
        assertThat(BootAppraiser.appraise(quoted("after-leave-initrd", gateway.log()), Policies.read(yaml).policy()).findings()).isNotEmpty();
    }

    /** Two images, one platform; of a register in which each device is another, nothing. */
    @Test
    void groupsWhatGoesTogetherAndLeavesOutWhatDiffers() {
        List<LearnedBoot> boots = new ArrayList<>();
        for (int i = 1; i <= 4; i++) {
            MeasurementLog firmware = log(i <= 2 ? "firmware.bin" : "other-uki.bin");
            boots.add(new LearnedBoot("gw-" + i, telling("sha256:0,4,7,9,11,12", with(firmware, 9, "machine " + i))));
        }
        String yaml = PolicyProposal.of("gateway", boots);
        assertThat(yaml)
                .contains("# Left out: sha256:9 4 devices have 4 values; they differ from event 31 of machine 1 on\n")
                .contains("pcrs: sha256:0,4,7,11,12\n")
                .contains("  # gw-1, gw-2\n  - version: learned-1\n")
                .contains("  # gw-3, gw-4\n  - version: learned-2\n")
                .contains("  # gw-1, gw-2, gw-3, gw-4\n  - name: learned-1\n")
                .contains("\nphase: none\n")
                .doesNotContain(" 9:").doesNotContain(" 12:");
        assertLetsPass(yaml, boots.stream().map(LearnedBoot::booted).toArray(Booted[]::new));
        Booted mixed = telling("sha256:0,4,7,9,11,12", log("locality3.bin"));
        assertThat(BootAppraiser.appraise(mixed, Policies.read(yaml).policy()).findings()).isNotEmpty();
    }

    @Test
    void writesValuesWhereThereIsNoLogAndSaysWhatItDoesNotKnow() {
        Booted silent = quoted("rsassa", Optional.empty());
        String yaml = PolicyProposal.of("gateway", List.of(new LearnedBoot("gw-1", silent), new LearnedBoot("gw-2", silent)));
        assertThat(yaml)
                .contains("# Left out: sha256:1 differs from machine to machine by its nature\n")
                .contains("      4: ac254453173252320ddf3e775e08fb05eee93fc7a686bb4201fdd09f3fa7fbe7\n")
                .contains("# Left out: Secure Boot, which the logs of these devices do not agree about, or do not tell\n")
                .doesNotContain("secure-boot:");
        assertLetsPass(yaml, silent);
    }

    /** PCR 0 does not begin with zeros there, so its events alone would lead to another value. */
    @Test
    void writesTheValueOfAMachineWithAnotherStartupLocality() {
        Booted machine = telling("sha256:0", log("locality3.bin"));
        String yaml = PolicyProposal.of("x", List.of(new LearnedBoot("m", machine)));
        assertThat(yaml).contains("      0: cc6b66b9bef726092aec765cf45bf0cda023220e342e0ef17f741a2742773abf\n");
        assertLetsPass(yaml, machine);
    }

    @Test
    void learnsNothingFromEvidenceThatIsWrong() {
        Booted lying = quoted("ecdsa256", Optional.of(log("other-uki.bin")));
        Booted gateway = quoted("ecdsa256", Optional.of(log("firmware.bin")));
        assertThat(PolicyProposal.of("x", List.of(new LearnedBoot("liar", lying), new LearnedBoot("gw", gateway))))
                .contains("# Not learned from liar: sha256:4 quoted is ac254453173252320ddf3e775e08fb05eee93fc7a686bb4201fdd09f3fa7fbe7, the event log leads to ")
                .contains("booted: gw\n");
        assertThatThrownBy(() -> PolicyProposal.of("x", List.of(new LearnedBoot("liar", lying)))).isInstanceOf(Invalid.class).hasMessageContaining("liar: sha256:4");
        assertThatThrownBy(() -> PolicyProposal.of("x", List.of())).isInstanceOf(Invalid.class).hasMessage("there is no device to learn from");
        Booted one = telling("sha256:9", with(log("firmware.bin"), 9, "one"));
        Booted two = telling("sha256:9", with(log("firmware.bin"), 9, "two"));
        assertThatThrownBy(() -> PolicyProposal.of("x", List.of(new LearnedBoot("a", one), new LearnedBoot("b", two))))
                .hasMessage("there is no register that the devices agree on: sha256:9 2 devices have 2 values; they differ from event 31 of one on");
    }

    private static Bytes json(String text) {
        return Bytes.owning(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String record(int pcr, String digest) {
        return "{\"pcr\":" + pcr + ",\"digests\":[{\"hashAlg\":\"sha1\",\"digest\":\"" + "5a".repeat(20) + "\"},{\"hashAlg\":\"sha256\",\"digest\":\"" + digest + "\"}]}";
    }

    /** As systemd-pcrlock writes them; the first is what it says of a return from a program to the firmware. */
    @Test
    void importsFilesOfPcrlock() {
        String uki = "3e5e53057d22ec61062e3c0efcc16dae794af40b811378ad298fed54247dfc21";
        Map<String, Bytes> files = new LinkedHashMap<>();
        files.put("600-returning.pcrlock", json("{\"records\":[" + record(4, "7044f06303e54fa96c3fcd1a0f11047c03d209074470b1fd60460c9f007e28a6") + ","
                + record(4, "3d6772b4f84ed47595d72a2c4c5ffd15f5bb72c7507fe26f2aaee2c69d5633ba") + "]}"));
        files.put("650-uki \"41\".pcrlock", json("{\"records\":[" + record(4, uki) + "," + record(4, uki) + "," + record(15, uki) + "]}"));
        String yaml = PcrlockProposal.of("edge", files);
        assertThat(yaml).isEqualTo("""
                # Proposed from files of systemd-pcrlock: 600-returning.pcrlock, 650-uki "41".pcrlock
                # Left out: sha256:15 differs from machine to machine by its nature, or proves nothing
                name: edge
                pcrs: sha256:4
                events:
                  4:
                    - {digest: 3e5e53057d22ec61062e3c0efcc16dae794af40b811378ad298fed54247dfc21, what: "650-uki \\"41\\".pcrlock"}
                """);
        assertLetsPass(yaml, quoted("ecdsa256", Optional.of(log("firmware.bin"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "[]", "{}", "{\"records\":{}}", "{\"records\":[{}]}", "{\"records\":[{\"pcr\":4}]}", "{\"records\":[{\"pcr\":24,\"digests\":[]}]}",
        "{\"records\":[{\"pcr\":4,\"digests\":[{\"hashAlg\":\"sha256\",\"digest\":\"5a\"}]}]}",
        "{\"records\":[{\"pcr\":4,\"digests\":[{\"hashAlg\":\"sha1\",\"digest\":\"5a\"}]}]}", "{\"records\":[", "{\"records\":[],\"records\":[]}"
    })
    void refusesWhatIsNoPcrlockFile(String text) {
        assertThatThrownBy(() -> PcrlockProposal.of("x", Map.of("f", json(text)))).isInstanceOf(ConfigInvalid.class);
    }

    @Test
    void readsOrRefusesWhateverIsMadeOfAPcrlockFile() {
        byte[] sound = ("{\"records\":[" + record(4, "5a".repeat(32)) + "]}").getBytes(StandardCharsets.UTF_8);
        for (int bit = 0; bit < 8 * sound.length; bit++) {
            byte[] flipped = sound.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            readOrRefuse(flipped);
        }
        for (int length = 0; length <= sound.length; length++) {
            readOrRefuse(Bytes.owning(sound).slice(0, length).toArray());
        }
    }

    private static void readOrRefuse(byte[] octets) {
        try {
            PcrlockReader.read("f", Bytes.of(octets), SHA256).forEach(predicted -> assertThat(predicted.digest().length()).isEqualTo(32));
        } catch (ConfigInvalid expected) {
            assertThat(expected.findings()).isNotEmpty();
        }
    }
}
