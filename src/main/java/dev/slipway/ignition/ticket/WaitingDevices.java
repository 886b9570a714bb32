package dev.slipway.ignition.ticket;

import dev.slipway.failure.Failure.ConfigInvalid;
import dev.slipway.failure.Failure.NotYet;
import dev.slipway.failure.Failure;
import dev.slipway.ignition.ConfigChanges;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Devices that were told to wait because of what operators have decided so far, or not. Until one of them decides something else they are
 * told the same again, without a look at storage: they ask every few seconds, for days. What is no decision, such as a sale of the device, is
 * looked at every few minutes.
 */
final class WaitingDevices {

    private static final int PERIOD_SECONDS = 300;
    private static final int MAX_DEVICES = 200_000;

    private final ConfigChanges changes;
    private volatile Period current = new Period(-1, -1, Map.of());

    /** @param change how many there had been */
    private record Period(long number, long change, Map<UUID, Failure> told) {}

    WaitingDevices(ConfigChanges changes) {
        this.changes = changes;
    }

    /** @throws Failure what the device was told, if nothing can have changed since */
    void requireNews(UUID device, Instant now) {
        Failure told = period(now, changes.count()).told().get(device);
        if (told != null) {
            throw told;
        }
    }

    /** Does {@code work}; if it fails since the device must wait, that is remembered. */
    <T> T remembering(UUID device, Instant now, Supplier<T> work) {
        Period period = period(now, changes.count());
        try {
            return work.get();
        } catch (NotYet | ConfigInvalid told) {
            if (period.told().size() < MAX_DEVICES) {
                period.told().put(device, told);
            }
            throw told;
        }
    }

    private Period period(Instant now, long change) {
        long number = now.getEpochSecond() / PERIOD_SECONDS;
        Period known = current;
        if (known.number() == number && known.change() == change) {
            return known;
        }
        synchronized (this) {
            if (current.number() != number || current.change() != change) {
                current = new Period(number, change, new ConcurrentHashMap<>());
            }
            return current;
        }
    }
}
