package dev.slipway.policy;

import dev.slipway.attestation.reference.EventRule;
import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure.ConfigInvalid;
import dev.slipway.failure.Failure.Invalid;
import dev.slipway.tpm.Pcr;
import dev.slipway.tpm.PcrSelection;
import dev.slipway.tpm.TpmHash;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A policy from the files of systemd-pcrlock: it lets be measured what these components may measure, each by its digest. Which of them come
 * together in one boot the files do not say.
 */
public final class PcrlockProposal {

    private static final TpmHash BANK = TpmHash.TPM_ALG_SHA256;

    private PcrlockProposal() {}

    /**
     * @param files by name
     * @return YAML, see {@link PolicyReader}
     * @throws ConfigInvalid if one is no such file
     * @throws Invalid if there is nothing in them that a policy could be about
     */
    public static String of(String name, Map<String, Bytes> files) {
        SortedMap<Pcr, Map<Bytes, String>> events = new TreeMap<>();
        SortedMap<Pcr, String> leftOut = new TreeMap<>();
        files.forEach((file, octets) -> PcrlockReader.read(file, octets, BANK).forEach(predicted -> {
            int index = predicted.pcr().index();
            if (RegisterUse.isPerMachine(index) || RegisterUse.provesNothing(index)) {
                leftOut.put(predicted.pcr(), "differs from machine to machine by its nature, or proves nothing");
            } else if (!EventRule.isHarmless(BANK, predicted.digest())) {
                events.computeIfAbsent(predicted.pcr(), first -> new LinkedHashMap<>()).putIfAbsent(predicted.digest(), file);
            }
        }));
        if (events.isEmpty()) {
            throw new Invalid("there is nothing in these files that a policy could be about: firmware and separators of machines, or nothing at all");
        }
        PolicyText text = new PolicyText().remark(0, "Proposed from files of systemd-pcrlock: " + PolicyText.some(new ArrayList<>(files.keySet())));
        leftOut.forEach((pcr, reason) -> text.remark(0, "Left out: " + pcr + " " + reason));
        text.line(0, "name: " + name).line(0, "pcrs: " + new PcrSelection(List.copyOf(events.keySet()))).line(0, "events:");
        events.forEach((pcr, allowed) -> {
            text.line(1, pcr.index() + ":");
            allowed.forEach((digest, what) -> text.line(2, "- {digest: " + digest.toHex() + ", what: " + PolicyText.quoted(what) + "}"));
        });
        return text.toString();
    }
}
