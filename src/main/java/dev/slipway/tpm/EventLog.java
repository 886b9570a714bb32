package dev.slipway.tpm;

import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure.Malformed;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What firmware and boot loaders say that they extended into PCRs. Nothing in it is true before it replays to quoted values.
 *
 * @param banks those that every event has a digest for; of algorithms that this program cannot compute, digests are left out
 * @param events in order, the Spec ID event of a crypto-agile log not among them
 * @see "TCG PC Client Platform Firmware Profile, Event Logging"
 */
public record EventLog(Set<TpmHash> banks, List<Event> events) {

    /**
     * @param number its place in the log, from 0 on
     * @param type as received; see {@link EventType} for known ones
     * @param data what the measuring agent says about what it measured
     */
    public record Event(int number, long pcr, long type, Map<TpmHash, Bytes> digests, Bytes data) {

        public Event {
            digests = java.util.Collections.unmodifiableMap(new EnumMap<>(digests));
        }

        public Optional<EventType> eventType() {
            return EventType.find(type);
        }

        public boolean is(EventType expected) {
            return eventType().filter(expected::equals).isPresent();
        }

        /** {@code event 3 EV_SEPARATOR}. */
        @Override
        public String toString() {
            return "event " + number + " " + eventType().map(EventType::name).orElse("0x%08x".formatted(type));
        }
    }

    public EventLog {
        banks = Set.copyOf(banks);
        events = List.copyOf(events);
    }

    /** @throws Malformed if it is no log in the crypto-agile format or in the older one with SHA-1 alone, or over a limit */
    public static EventLog decode(Bytes log) {
        return EventLogReader.read(log);
    }
}
