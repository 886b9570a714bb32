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
import java.util.List;
import java.util.Optional;

/**
 * Whether the firmware checked signatures of what it started. It extends its variable SecureBoot into PCR 7 before anything else runs: what
 * comes after the separator anybody may have added.
 *
 * @see "TCG PC Client Platform Firmware Profile, PCR[7] – Secure Boot Policy Measurements; UEFI_VARIABLE_DATA"
 */
public record SecureBootRule(TpmHash bank, boolean on) implements BootRule {

    /** Where it is measured. */
    public static final int PCR = 7;

    private static final Bytes EFI_GLOBAL_VARIABLE = Bytes.fromHex("61dfe48bca93d211aa0d00e098032b8c");
    private static final String NAME = "SecureBoot";
    private static final List<Bytes> SEPARATORS = List.of(Bytes.fromHex("00000000"), Bytes.fromHex("ffffffff"));

    @Override
    public List<Finding> findings(Booted booted) {
        Pcr pcr = new Pcr(bank, PCR);
        if (booted.log().isEmpty()) {
            return List.of(Missing.log(pcr, "the state of Secure Boot"));
        }
        Optional<State> state = state(booted.log().get(), bank);
        if (state.filter(found -> found.on() == on).isPresent()) {
            return List.of();
        }
        String found = state.map(other -> word(other.on()) + "; " + other.event()).orElse("no event of it before the separator");
        return List.of(Reason.PCR_POLICY.finding(pcr.toString(), "expected Secure Boot " + word(on) + ", found " + found));
    }

    private static String word(boolean on) {
        return on ? "on" : "off";
    }

    /** @param event that says so */
    public record State(boolean on, String event) {}

    /** What a log that replays says of it, by digests alone. */
    public static Optional<State> state(MeasurementLog log, TpmHash bank) {
        for (Measurement event : log.of(PCR)) {
            Optional<Bytes> digest = event.digest(bank);
            if (digest.isEmpty() || SEPARATORS.stream().map(bank::digest).anyMatch(digest.get()::equals)) {
                return Optional.empty();
            }
            if (digest.get().equals(bank.digest(variable("01")))) {
                return Optional.of(new State(true, event.description()));
            }
            if (digest.get().equals(bank.digest(variable("00"))) || digest.get().equals(bank.digest(variable("")))) {
                return Optional.of(new State(false, event.description()));
            }
        }
        return Optional.empty();
    }

    /** <pre>VariableName GUID, UnicodeNameLength u64, VariableDataLength u64, UnicodeName UTF-16, VariableData</pre> little-endian. */
    private static Bytes variable(String data) {
        Bytes value = Bytes.fromHex(data);
        return Bytes.concat(
                EFI_GLOBAL_VARIABLE, length(NAME.length()), length(value.length()), Bytes.owning(NAME.getBytes(StandardCharsets.UTF_16LE)), value);
    }

    private static Bytes length(int length) {
        return Bytes.of((byte) length, (byte) 0, (byte) 0, (byte) 0, (byte) 0, (byte) 0, (byte) 0, (byte) 0);
    }
}
