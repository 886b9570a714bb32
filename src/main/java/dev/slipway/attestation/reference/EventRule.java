package dev.slipway.attestation.reference;

import dev.slipway.attestation.BootRule;
import dev.slipway.attestation.Booted;
import dev.slipway.attestation.Measurement;
import dev.slipway.attestation.MeasurementLog;
import dev.slipway.attestation.Reason;
import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Finding;
import dev.slipway.tpm.Pcr;
import dev.slipway.tpm.TpmHash;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * That nothing but what is listed was extended into one register, and something of it: firmware volumes, shims, boot loaders, UKIs.
 *
 * @param allowed what may be measured, by digest, with what people call it
 */
public record EventRule(Pcr pcr, Map<Bytes, String> allowed) implements BootRule {

    /** Of one register; the first ones are the useful ones. */
    private static final int MAX_FINDINGS = 10;

    /** What firmware extends between the measurements, whatever it boots. Anything else is not harmless, be it a separator of an error. */
    private static final List<Bytes> HARMLESS = Stream.concat(
                    Stream.of("00000000", "ffffffff").map(Bytes::fromHex),
                    Stream.of(
                                    "Calling EFI Application from Boot Option",
                                    "Returning from EFI Application from Boot Option",
                                    "Exit Boot Services Invocation",
                                    "Exit Boot Services Returned with Success")
                            .map(action -> Bytes.owning(action.getBytes(StandardCharsets.US_ASCII))))
            .toList();

    public EventRule {
        allowed = Map.copyOf(allowed);
    }

    @Override
    public List<Finding> findings(Booted booted) {
        return booted.log().map(this::findings).orElseGet(() -> List.of(Missing.log(pcr, "the events that are allowed")));
    }

    private List<Finding> findings(MeasurementLog log) {
        List<Finding> findings = new ArrayList<>();
        boolean any = false;
        for (Measurement event : log.of(pcr.index())) {
            Optional<Bytes> digest = event.digest(pcr.bank());
            boolean listed = digest.filter(allowed::containsKey).isPresent();
            any |= listed;
            if (!listed && digest.filter(found -> isHarmless(pcr.bank(), found)).isEmpty() && findings.size() < MAX_FINDINGS) {
                findings.add(Reason.PCR_POLICY.finding(pcr.toString(), "expected an event that the policy lists, found "
                        + digest.map(Bytes::toHex).orElse("none of this bank") + "; " + event.description()));
            }
        }
        if (!any) {
            findings.add(Reason.PCR_POLICY.finding(
                    pcr.toString(), "expected one of " + allowed.size() + " events that the policy lists, found none of them in the event log"));
        }
        return findings;
    }

    /** Whether it is one of the few measurements that say nothing about what is booted. */
    public static boolean isHarmless(TpmHash bank, Bytes digest) {
        return HARMLESS.stream().anyMatch(data -> bank.digest(data).equals(digest));
    }
}
