package dev.slipway.attestation;

import dev.slipway.bytes.Bytes;
import dev.slipway.tpm.EventLog;
import dev.slipway.tpm.EventType;
import dev.slipway.tpm.Pcr;
import dev.slipway.tpm.TpmHash;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All extensions since the platform was reset, and what registers must hold after them. Until that was compared with a quote, a log is just
 * somebody's story; afterwards it is still no more than digests in an order: words and types in it remain a story.
 *
 * @param startupLocality where the TPM was started from, which is what PCR 0 starts with
 * @see "TCG PC Client Platform Firmware Profile, Event Logging; TCG PC Client Platform TPM Profile, PCR Initial and Reset Values"
 */
public record MeasurementLog(List<Measurement> measurements, int startupLocality) {

    private static final Bytes STARTUP_LOCALITY = Bytes.owning("StartupLocality\0".getBytes(StandardCharsets.US_ASCII));
    private static final int HCRTM_LOCALITY = 4;
    private static final int FIRST_DYNAMIC = 17;
    private static final int LAST_DYNAMIC = 22;

    public MeasurementLog {
        measurements = List.copyOf(measurements);
    }

    /** What user space extended comes after all that firmware did. */
    public static MeasurementLog of(EventLog firmware, List<Measurement> userspace) {
        List<Measurement> extended = firmware.events().stream()
                .filter(event -> !event.is(EventType.EV_NO_ACTION))
                .map(MeasurementLog::measurement)
                .toList();
        return new MeasurementLog(Stream.concat(extended.stream(), userspace.stream()).toList(), startupLocality(firmware));
    }

    private static Measurement measurement(EventLog.Event event) {
        Optional<Bytes> hashedData = event.eventType().filter(EventType::hashesItsData).map(type -> event.data());
        return new Measurement(event.toString(), Math.toIntExact(event.pcr()), event.digests(), hashedData);
    }

    private static int startupLocality(EventLog firmware) {
        for (EventLog.Event event : firmware.events()) {
            boolean isLocality = event.is(EventType.EV_NO_ACTION)
                    && event.pcr() == 0
                    && event.data().length() == STARTUP_LOCALITY.length() + 1
                    && event.data().slice(0, STARTUP_LOCALITY.length()).equals(STARTUP_LOCALITY);
            if (isLocality) {
                return event.data().at(STARTUP_LOCALITY.length());
            }
        }
        boolean hcrtm = firmware.events().stream().anyMatch(event -> event.pcr() == 0 && event.is(EventType.EV_EFI_HCRTM_EVENT));
        return hcrtm ? HCRTM_LOCALITY : 0;
    }

    /** The same with phases at its end that systemd wrote into no log. */
    MeasurementLog followedBy(List<BootPhase> phases) {
        return new MeasurementLog(Stream.concat(measurements.stream(), phases.stream().map(BootPhase::unlogged)).toList(), startupLocality);
    }

    public List<Measurement> of(int pcr) {
        return measurements.stream().filter(measurement -> measurement.pcr() == pcr).toList();
    }

    /** What a register must hold after everything; empty if the log does not tell all digests of its bank. */
    public Optional<Bytes> value(Pcr pcr) {
        List<Bytes> history = history(pcr);
        return history.size() == of(pcr.index()).size() + 1 ? Optional.of(history.get(history.size() - 1)) : Optional.empty();
    }

    /** The value at the start and after each extension, up to one that the log has no digest of for this bank. */
    List<Bytes> history(Pcr pcr) {
        List<Bytes> values = new ArrayList<>();
        Bytes value = initial(pcr);
        values.add(value);
        for (Measurement measurement : of(pcr.index())) {
            Optional<Bytes> digest = measurement.digest(pcr.bank());
            if (digest.isEmpty()) {
                break;
            }
            value = pcr.bank().digest(value, digest.get());
            values.add(value);
        }
        return values;
    }

    private Bytes initial(Pcr pcr) {
        byte[] value = new byte[pcr.bank().octets()];
        if (pcr.index() >= FIRST_DYNAMIC && pcr.index() <= LAST_DYNAMIC) {
            Arrays.fill(value, (byte) 0xff);
        }
        if (pcr.index() == 0) {
            value[value.length - 1] = (byte) startupLocality;
        }
        return Bytes.owning(value);
    }

    /** The digests that are not the hash of what the log says was measured. */
    List<Measurement> contradictions(TpmHash bank) {
        return measurements.stream().filter(measurement -> contradicts(measurement, bank)).toList();
    }

    private static boolean contradicts(Measurement measurement, TpmHash bank) {
        Optional<Bytes> digest = measurement.digest(bank);
        return digest.isPresent() && measurement.hashedData().filter(data -> !bank.digest(data).equals(digest.get())).isPresent();
    }
}
