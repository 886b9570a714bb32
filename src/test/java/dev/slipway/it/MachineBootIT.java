package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.it.MachineLine.Machine;
import dev.slipway.it.VirtualMachine.Boot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Machines really boot, with the delivered dracut module, stock Ignition and systemd: a kernel, an initramfs, a quote of the TPM, the ticket that
 * only that TPM opens, the config on the disk, and the report by a unit that the config enabled.
 */
class MachineBootIT {

    private static final String REFUSED_FOR_ITS_BOOT = "slipway-attest: refused: POLICY: ";

    @TempDir
    private static Path folder;

    private static MachineLine line;
    private static Machine recorded;
    private static Machine attested;
    /** They boot at the same time, so that two cores have something to do. */
    private static VirtualMachine direct;
    private static VirtualMachine secure;
    private static VirtualMachine foreign;

    @BeforeAll
    static void start() throws IOException {
        line = MachineLine.start(folder);
        attested = line.machine("secure");
        attested.needsAttestation();
        secure = attested.start(Boot.SECURE_BOOT, Machine.IMAGE);
        recorded = line.machine("direct");
        direct = recorded.start(Boot.KERNEL, Machine.IMAGE);
        foreign = VirtualMachine.start(line.stranger("foreign"), line.service(), Boot.KERNEL, Machine.IMAGE);
        // In time for one of its next tries.
        secure.await(REFUSED_FOR_ITS_BOOT);
        attested.acceptBoot();
    }

    @AfterAll
    static void stop() {
        direct.close();
        secure.close();
        foreign.close();
        line.close();
    }

    @Test
    void comesUpFromAKernelAsWhatItsConfigSays() throws IOException {
        String console = direct.awaitEnd();
        assertThat(console).contains("wrote /run/ignition/user.ign", "wrote /usr/lib/ignition/user.ign", "machine-up: machine-direct");
        assertThat(recorded.shown()).contains("ticket       reported at ", "proof ownership by attestation");
        assertThat(line.service().log()).contains("config given: guid=" + recorded.guid() + " profile=machine ").contains("Ignition/Debian 2.14");
        String withLog = "select count(*) from audit_event where event = 'attestation.accepted' and facts like '%eventLog%' and guid = ";
        assertThat(Database.count(line.service().data(), withLog + "'" + recorded.guid() + "'")).isEqualTo(1);
    }

    /** What it gets wants more than the quote of a boot that nobody knows; once an operator accepted that, it gets it. */
    @Test
    void comesUpFromASignedImageOnceWhatItBootedIsAccepted() throws IOException {
        String console = secure.awaitEnd();
        assertThat(console).containsSubsequence(REFUSED_FOR_ITS_BOOT, "wrote /run/ignition/user.ign", "machine-up: machine-secure");
        assertThat(attested.shown()).contains("ticket       reported at ", "proof attested by attestation");
        assertThat(attested.shown()).contains("quoted       sha256:11 " + calculatedPcr11());
    }

    /** The same kernel and the same disk, in a machine that nobody enrolled. */
    @Test
    void getsNothingWithAnotherTpm() throws IOException {
        String console = foreign.awaitEnd();
        assertThat(console).contains("slipway-attest: refused: EVIDENCE: ", "gave up after 5 tries").doesNotContain("wrote", "machine-up");
        assertThat(line.service().log()).contains("attestation.refused: SESSION_UNKNOWN: ");
    }

    /** As systemd says that it will be. */
    private static String calculatedPcr11() {
        Path vm = Commands.baseFolder().resolve("target/vm");
        Commands.Result calculated = Commands.run(folder, Map.of(), 30, List.of(
                "/lib/systemd/systemd-measure", "calculate", "--bank=sha256", "--phase=:", "--linux=" + vm.resolve("vmlinuz"),
                "--initrd=" + vm.resolve("initrd"), "--cmdline=" + vm.resolve("image.cmdline"), "--osrel=" + vm.resolve("root/etc/os-release")));
        Matcher value = Pattern.compile("11:sha256=([0-9a-f]{64})").matcher(calculated.output());
        assertThat(value.find()).as(calculated.output()).isTrue();
        return value.group(1);
    }
}
