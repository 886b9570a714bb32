package dev.slipway.attestation;

import dev.slipway.bytes.Bytes;
import dev.slipway.tpm.EventLog;
import dev.slipway.tpm.Pcr;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a boot.
 *
 * @param quoted all that the TPM vouches for
 * @param log one that replays to these values; empty where there is none, or one that does not
 * @param signatures of PCR policies, as the device sent them: nothing vouches for them before they were verified
 */
public record Booted(PcrValues quoted, Optional<MeasurementLog> log, List<PcrSignature> signatures) {

    public Booted {
        signatures = List.copyOf(signatures);
    }

    /**
     * From parts as they were received.
     *
     * @param userspaceLog of use only after the firmware's
     * @throws dev.slipway.failure.Failure.Malformed if one of them is not what it should be
     */
    public static Booted of(PcrValues quoted, Optional<Bytes> eventLog, Optional<Bytes> userspaceLog, Optional<Bytes> pcrSignature) {
        Optional<MeasurementLog> log = eventLog.map(firmware ->
                MeasurementLog.of(EventLog.decode(firmware), userspaceLog.map(UserspaceLog::decode).orElse(List.of())));
        return new Booted(quoted, log, pcrSignature.map(PcrSignatureFile::decode).orElse(List.of()));
    }

    Booted believing(boolean logIsTrue) {
        return logIsTrue ? this : new Booted(quoted, Optional.empty(), signatures);
    }

    /**
     * The same with the boot phases that systemd extended into PCR 11 and wrote into no log (before version 255, and where that log is lost),
     * if they are all that is missing there.
     */
    public Booted withUnloggedPhases() {
        return log.flatMap(this::completed).map(complete -> new Booted(quoted, Optional.of(complete), signatures)).orElse(this);
    }

    private Optional<MeasurementLog> completed(MeasurementLog told) {
        return BootPhase.paths().stream().map(told::followedBy).filter(this::leadsToQuoted).findFirst();
    }

    private boolean leadsToQuoted(MeasurementLog told) {
        return quoted.values().entrySet().stream()
                .filter(register -> register.getKey().index() == BootPhase.PCR)
                .allMatch(register -> told.value(register.getKey()).equals(Optional.of(register.getValue())));
    }

    public Optional<Bytes> value(Pcr pcr) {
        return Optional.ofNullable(quoted.values().get(pcr));
    }
}
