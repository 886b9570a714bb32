package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.it.MachineLine.Machine;
import dev.slipway.it.VirtualMachine.Boot;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a machine gets that is held to a policy learnt from its first boot, and in what ways it gets nothing. Each test takes a boot, so they run
 * only by {@code ./slipway test -Dit.test=MachineRefusalsIT}.
 */
class MachineRefusalsIT {

    private static final String CAME_UP = "machine-up: ";
    private static final String GOT_A_TICKET = "slipway-attest: wrote /run/ignition/user.ign";
    private static final String REFUSED_FOR_ITS_BOOT = "slipway-attest: refused: POLICY: ";
    private static final String REFUSED_FOR_ITS_TPM = "slipway-attest: refused: EVIDENCE: ";

    @TempDir
    private static Path folder;

    private static MachineLine line;
    private static Machine known;

    /** Its first boot, with Secure Boot. */
    @BeforeAll
    static void start() throws IOException {
        line = MachineLine.start(folder);
        known = line.machine("known");
        try (VirtualMachine first = known.start(Boot.SECURE_BOOT, Machine.IMAGE)) {
            first.await(GOT_A_TICKET);
        }
        known.isHeldToWhatIsLearnt();
    }

    @AfterAll
    static void stop() {
        line.close();
    }

    @Test
    void comesUpOnceMoreByTheSameImage() {
        try (VirtualMachine second = known.start(Boot.SECURE_BOOT, Machine.IMAGE)) {
            assertThat(second.awaitEnd()).contains(GOT_A_TICKET, CAME_UP + "machine-known").doesNotContain("refused");
        }
        assertThat(known.shown()).contains("ticket       reported at ", "proof attested by attestation");
    }

    /** Whose keys signed it, PCR 7, is as it was. */
    @Test
    void getsNothingWithAWordMoreOnItsCommandLine() {
        assertIsRefused(known.tpm(), Boot.SECURE_BOOT, Machine.IMAGE_WITH_WORD, REFUSED_FOR_ITS_BOOT);
        assertThat(known.lastRefusal())
                .containsPattern(differs(4, "EV_EFI_BOOT_SERVICES_APPLICATION"))
                .containsPattern(differs(9, "EV_[A-Z_]+"))
                .containsPattern(differs(11, "EV_IPL"))
                .doesNotContain("at sha256:0: ", "at sha256:7: ");
    }

    /** The image, PCR 9 and 11, is as it was. */
    @Test
    void getsNothingWithSecureBootSwitchedOff() {
        assertIsRefused(known.tpm(), Boot.UEFI, Machine.IMAGE, REFUSED_FOR_ITS_BOOT);
        assertThat(known.lastRefusal())
                .containsPattern("at sha256:7: expected Secure Boot on, found off; event \\d+ EV_EFI_VARIABLE_DRIVER_CONFIG")
                .containsPattern("at sha256:4: [^;]+; it was as expected before event \\d+ EV_EFI_BOOT_SERVICES_APPLICATION")
                .doesNotContain("at sha256:9: ", "at sha256:11: ");
    }

    @Test
    void getsNothingWithAnotherTpm() throws IOException {
        assertIsRefused(line.stranger("stranger"), Boot.SECURE_BOOT, Machine.IMAGE, REFUSED_FOR_ITS_TPM);
        assertThat(line.service().log()).contains("attestation.refused: SESSION_UNKNOWN: ");
    }

    /** A machine that never had Secure Boot on gets what needs no more than its key. */
    @Test
    void comesUpWithSecureBootOffWhereNothingElseIsAsked() {
        Machine other = line.machine("other");
        try (VirtualMachine first = other.start(Boot.UEFI, Machine.IMAGE)) {
            assertThat(first.awaitEnd()).contains(GOT_A_TICKET, CAME_UP + "machine-other");
        }
        assertThat(other.shown()).contains("ticket       reported at ", "proof ownership by attestation");
    }

    /** The first event that is another one than it was at the first boot. */
    private static String differs(int pcr, String event) {
        return "attestation.pcr-policy at sha256:" + pcr + ": expected by image learned-1: [0-9a-f]{64}, found [0-9a-f]{64}; event \\d+ " + event
                + " has digest [0-9a-f]{64}, expected [0-9a-f]{64}";
    }

    /** It tries as often as it may, and switches itself off. */
    private static void assertIsRefused(Path tpm, Boot boot, String image, String said) {
        try (VirtualMachine machine = VirtualMachine.start(tpm, line.service(), boot, image)) {
            assertThat(machine.awaitEnd()).contains(said, "slipway-attest: gave up after 5 tries").doesNotContain(GOT_A_TICKET, CAME_UP);
        }
    }
}
