package dev.slipway.tpm;

import dev.slipway.bytes.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Both formats of an event log, little-endian.
 *
 * <pre>
 * TCG_PCR_EVENT  = pcrIndex u32, eventType u32, sha1[20], eventSize u32, event
 * TCG_PCR_EVENT2 = pcrIndex u32, eventType u32, count u32, { algId u16, digest } × count, eventSize u32, event
 * </pre>
 *
 * A log that begins with a TCG_PCR_EVENT holding a Spec ID event is crypto-agile: TCG_PCR_EVENT2 follow. One that does not is of the older
 * format, TCG_PCR_EVENT throughout.
 */
final class EventLogReader {

    private static final int MAX_LOG_OCTETS = 1024 * 1024;
    private static final int MAX_EVENTS = 4096;
    private static final int MAX_EVENT_OCTETS = 256 * 1024;
    private static final int MAX_ALGORITHMS = 8;
    private static final int MAX_PCR = 23;
    private static final int MAJOR_VERSION = 2;

    private static final Bytes SPEC_ID = Bytes.owning("Spec ID Event03\0".getBytes(StandardCharsets.US_ASCII));

    /** Digest sizes by TPM_ALG_ID: the hashes of {@link TpmHash}, SM3, and SHA-3. */
    private static final Map<Integer, Integer> DIGEST_OCTETS =
            Map.of(0x0004, 20, 0x000b, 32, 0x000c, 48, 0x000d, 64, 0x0012, 32, 0x0027, 32, 0x0028, 48, 0x0029, 64);

    private final TpmReader reader;
    private final List<EventLog.Event> events = new ArrayList<>();

    private EventLogReader(TpmReader reader) {
        this.reader = reader;
    }

    static EventLog read(Bytes log) {
        TpmReader reader = TpmReader.littleEndian("event log", log);
        if (log.length() > MAX_LOG_OCTETS) {
            throw reader.malformed("has " + log.length() + " octets where " + MAX_LOG_OCTETS + " are the most");
        }
        return new EventLogReader(reader).read();
    }

    private EventLog read() {
        EventLog.Event first = sha1Event();
        boolean agile = first.is(EventType.EV_NO_ACTION) && startsWith(first.data(), SPEC_ID);
        Map<Integer, Integer> algorithms = agile ? specIdAlgorithms(first.data()) : Map.of(TpmHash.TPM_ALG_SHA1.id(), TpmHash.TPM_ALG_SHA1.octets());
        if (!agile) {
            events.add(first);
        }
        while (!reader.atEnd()) {
            if (events.size() == MAX_EVENTS) {
                throw reader.malformed("has more than " + MAX_EVENTS + " events");
            }
            events.add(agile ? agileEvent(algorithms) : sha1Event());
        }
        Set<TpmHash> banks = algorithms.keySet().stream().flatMap(id -> TpmHash.find(id).stream()).collect(Collectors.toSet());
        return new EventLog(banks, events);
    }

    private EventLog.Event sha1Event() {
        long pcr = reader.u32();
        long type = reader.u32();
        Bytes digest = reader.take(TpmHash.TPM_ALG_SHA1.octets());
        return event(pcr, type, Map.of(TpmHash.TPM_ALG_SHA1, digest));
    }

    private EventLog.Event agileEvent(Map<Integer, Integer> algorithms) {
        long pcr = reader.u32();
        long type = reader.u32();
        if (reader.u32() != algorithms.size()) {
            throw reader.malformed("has an event without a digest for each algorithm");
        }
        Map<Integer, Bytes> byId = new LinkedHashMap<>();
        for (int i = 0; i < algorithms.size(); i++) {
            int id = reader.u16();
            if (!algorithms.containsKey(id) || byId.containsKey(id)) {
                throw reader.malformed("has an event with a digest of algorithm 0x%04x, unannounced or twice".formatted(id));
            }
            byId.put(id, reader.take(algorithms.get(id)));
        }
        Map<TpmHash, Bytes> digests = new EnumMap<>(TpmHash.class);
        byId.forEach((id, digest) -> TpmHash.find(id).ifPresent(hash -> digests.put(hash, digest)));
        return event(pcr, type, digests);
    }

    private EventLog.Event event(long pcr, long type, Map<TpmHash, Bytes> digests) {
        long size = reader.u32();
        if (size > MAX_EVENT_OCTETS) {
            throw reader.malformed("has an event of " + size + " octets where " + MAX_EVENT_OCTETS + " are the most");
        }
        EventLog.Event event = new EventLog.Event(events.size(), pcr, type, digests, reader.take(size));
        if (pcr > MAX_PCR && !event.is(EventType.EV_NO_ACTION)) {
            throw reader.malformed("has an event in PCR " + pcr);
        }
        return event;
    }

    /**
     * <pre>
     * "Spec ID Event03\0", platformClass u32, minor u8, major u8, errata u8, uintnSize u8, numberOfAlgorithms u32,
     * { algId u16, digestSize u16 } × n, vendorInfoSize u8, vendorInfo
     * </pre>
     */
    private static Map<Integer, Integer> specIdAlgorithms(Bytes data) {
        TpmReader reader = TpmReader.littleEndian("Spec ID event", data);
        reader.take(SPEC_ID.length());
        reader.u32();
        reader.u8();
        int major = reader.u8();
        reader.u8();
        reader.u8();
        long count = reader.u32();
        if (major != MAJOR_VERSION || count < 1 || count > MAX_ALGORITHMS) {
            throw reader.malformed("is of version " + major + " with " + count + " algorithms");
        }
        Map<Integer, Integer> algorithms = new LinkedHashMap<>();
        for (long i = 0; i < count; i++) {
            Integer id = reader.u16();
            Integer octets = reader.u16();
            if (!octets.equals(DIGEST_OCTETS.get(id)) || algorithms.put(id, octets) != null) {
                throw reader.malformed("announces algorithm 0x%04x with digests of %d octets, or twice".formatted(id, octets));
            }
        }
        reader.take(reader.u8());
        reader.end();
        return algorithms;
    }

    private static boolean startsWith(Bytes data, Bytes prefix) {
        return data.length() >= prefix.length() && data.slice(0, prefix.length()).equals(prefix);
    }
}
