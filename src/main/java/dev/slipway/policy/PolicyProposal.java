package dev.slipway.policy;

import dev.slipway.attestation.Appraisal;
import dev.slipway.attestation.BootAppraiser;
import dev.slipway.attestation.BootPhase;
import dev.slipway.attestation.Booted;
import dev.slipway.attestation.Measurement;
import dev.slipway.attestation.MeasurementLog;
import dev.slipway.attestation.reference.PhaseRule;
import dev.slipway.attestation.reference.SecureBootRule;
import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure.Invalid;
import dev.slipway.tpm.Pcr;
import dev.slipway.tpm.PcrSelection;
import dev.slipway.tpm.TpmHash;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A policy that lets pass what some devices booted, for a person to look at: values that go together are grouped, and what differs from device
 * to device is left out, with the reason.
 */
public final class PolicyProposal {

    /** So many events of a register are written down; of more, the value they lead to. */
    private static final int MAX_EVENTS = 64;

    private final PolicyText text = new PolicyText();
    private final List<LearnedBoot> boots;
    private final LearnedRegisters registers;

    private PolicyProposal(List<LearnedBoot> boots) {
        this.boots = boots;
        this.registers = LearnedRegisters.of(boots.stream().map(LearnedBoot::booted).toList());
    }

    /**
     * @param name that the policy gets
     * @return YAML, see {@link PolicyReader}
     * @throws Invalid if there is nothing in common that a policy could be about, with the reasons
     */
    public static String of(String name, List<LearnedBoot> boots) {
        List<LearnedBoot> sound = new ArrayList<>();
        List<String> unsound = new ArrayList<>();
        for (LearnedBoot boot : boots) {
            Appraisal appraisal = BootAppraiser.examine(boot.booted());
            if (appraisal.findings().isEmpty()) {
                sound.add(new LearnedBoot(boot.device(), boot.booted().withUnloggedPhases()));
            } else {
                unsound.add(boot.device() + ": " + appraisal.findings().getFirst().path() + " " + appraisal.findings().getFirst().message());
            }
        }
        if (sound.isEmpty()) {
            throw new Invalid("there is no device to learn from" + (unsound.isEmpty() ? "" : "; " + PolicyText.some(unsound)));
        }
        return new PolicyProposal(sound).write(name, unsound);
    }

    private String write(String name, List<String> unsound) {
        if (registers.kept().isEmpty()) {
            throw new Invalid("there is no register that the devices agree on: " + PolicyText.some(reasons()));
        }
        text.remark(0, "Proposed from what " + boots.size() + (boots.size() == 1 ? " device" : " devices") + " booted: "
                + PolicyText.some(boots.stream().map(LearnedBoot::device).toList()));
        unsound.forEach(reason -> text.remark(0, "Not learned from " + reason));
        reasons().forEach(reason -> text.remark(0, "Left out: " + reason));
        text.line(0, "name: " + name).line(0, "pcrs: " + new PcrSelection(registers.kept()));
        groups("platforms", "name", pcr -> !RegisterUse.isOfImages(pcr.index()));
        groups("images", "version", pcr -> RegisterUse.isOfImages(pcr.index()) && !isUnextendedAddition(pcr));
        logs();
        return text.toString();
    }

    private List<String> reasons() {
        return registers.leftOut().entrySet().stream().map(entry -> entry.getKey() + " " + entry.getValue()).toList();
    }

    /** Where nothing is said about it, nothing may be in it. */
    private boolean isUnextendedAddition(Pcr pcr) {
        Bytes zero = Bytes.owning(new byte[pcr.bank().octets()]);
        return RegisterUse.isOfAdditions(pcr.index()) && boots.stream().allMatch(boot -> boot.booted().value(pcr).equals(Optional.of(zero)));
    }

    /** Devices that have all of these registers in common are one entry. */
    private void groups(String section, String key, Predicate<Pcr> ofSection) {
        List<Pcr> pcrs = registers.kept().stream().filter(ofSection).toList();
        if (pcrs.isEmpty()) {
            return;
        }
        Map<List<Optional<Bytes>>, List<LearnedBoot>> groups = new LinkedHashMap<>();
        boots.forEach(boot -> groups.computeIfAbsent(pcrs.stream().map(boot.booted()::value).toList(), first -> new ArrayList<>()).add(boot));
        text.line(0, section + ":");
        int number = 0;
        for (List<LearnedBoot> group : groups.values()) {
            number++;
            text.remark(1, PolicyText.some(group.stream().map(LearnedBoot::device).toList()));
            text.line(1, "- " + key + ": learned-" + number).line(2, "pcrs:");
            pcrs.forEach(pcr -> register(pcr, group.getFirst().booted()));
        }
    }

    private void register(Pcr pcr, Booted booted) {
        List<Measurement> events = booted.log().filter(log -> startsFromZeros(log, pcr)).map(log -> log.of(pcr.index())).orElse(List.of());
        if (events.isEmpty() || events.size() > MAX_EVENTS) {
            text.line(3, pcr.index() + ": " + booted.value(pcr).orElseThrow().toHex());
            return;
        }
        text.line(3, pcr.index() + ":").line(4, "events:");
        events.forEach(event -> text.digest(5, event.digest(pcr.bank()).orElseThrow(), event.description()));
    }

    private static boolean startsFromZeros(MeasurementLog log, Pcr pcr) {
        return pcr.index() != 0 || log.startupLocality() == 0;
    }

    private void logs() {
        TpmHash bank = registers.kept().getFirst().bank();
        if (has(SecureBootRule.PCR)) {
            agreed(log -> SecureBootRule.state(log, bank).map(state -> state.on() ? "on" : "off"), "Secure Boot")
                    .ifPresent(state -> text.line(0, "secure-boot: " + state));
        }
        if (has(BootPhase.PCR)) {
            agreed(log -> Optional.of(PhaseRule.path(PhaseRule.phases(log, bank))), "the boot phase")
                    .ifPresent(phase -> text.line(0, "phase: " + phase));
        }
    }

    private boolean has(int index) {
        return registers.kept().stream().anyMatch(pcr -> pcr.index() == index);
    }

    /** What all logs say; with a remark where they do not. */
    private Optional<String> agreed(Function<MeasurementLog, Optional<String>> fact, String what) {
        List<Optional<String>> said = boots.stream().map(boot -> boot.booted().log().flatMap(fact)).distinct().toList();
        if (said.size() == 1 && said.getFirst().isPresent()) {
            return said.getFirst();
        }
        text.remark(0, "Left out: " + what + ", which the logs of these devices do not agree about, or do not tell");
        return Optional.empty();
    }
}
