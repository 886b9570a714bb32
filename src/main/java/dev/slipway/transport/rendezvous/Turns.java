package dev.slipway.transport.rendezvous;

import dev.slipway.fdo.owner.Registration;
import dev.slipway.fdo.type.Guid;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whose turn it is: registrations that were read from storage, and wait or are being done, so many at once with each server. A server that did
 * not answer is left alone for a while, and then asked for one registration at a time until it answers.
 */
final class Turns {

    /** As many as a server does between two looks into storage. */
    private static final int ENOUGH_WAITING = 128;

    /** What a registration is about, whatever has come of it. */
    private record Key(Guid guid, URI server) {

        private static Key of(Registration registration) {
            return new Key(registration.guid(), registration.server());
        }
    }

    private static final class Queue {
        private final Deque<Registration> waiting = new ArrayDeque<>();
        private int running;
        private boolean doubtful;
        private Instant quietUntil = Instant.MIN;
    }

    /** What was taken at some time; nothing of it is to be taken again by what was read from storage after that. */
    record Taken(Set<Key> keys) {}

    private final int atOnceWithOne;
    private final int atOnce;
    private final Map<URI, Queue> queues = new LinkedHashMap<>();
    private final Set<Key> taken = new HashSet<>();
    private int running;

    /**
     * @param atOnceWithOne with one server
     * @param atOnce with all
     */
    Turns(int atOnceWithOne, int atOnce) {
        this.atOnceWithOne = atOnceWithOne;
        this.atOnce = atOnce;
    }

    synchronized Taken taken() {
        return new Taken(Set.copyOf(taken));
    }

    /** Servers for which nothing need be read from storage now. */
    synchronized Set<URI> supplied(Instant now) {
        return queues.entrySet().stream()
                .filter(entry -> entry.getValue().waiting.size() >= ENOUGH_WAITING || entry.getValue().quietUntil.isAfter(now))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** @param before what was taken before they were read: one of those may have been finished since, and is not due any more */
    synchronized void add(List<Registration> due, Taken before) {
        for (Registration registration : due) {
            if (!before.keys().contains(Key.of(registration)) && taken.add(Key.of(registration))) {
                queues.computeIfAbsent(registration.server(), server -> new Queue()).waiting.add(registration);
            }
        }
    }

    /** The next to be done; it is {@link #done} when it was. */
    synchronized Optional<Registration> next(Instant now) {
        for (Queue queue : queues.values()) {
            int most = queue.doubtful ? 1 : atOnceWithOne;
            if (running < atOnce && queue.running < most && !queue.waiting.isEmpty() && !queue.quietUntil.isAfter(now)) {
                queue.running++;
                running++;
                return Optional.of(queue.waiting.remove());
            }
        }
        return Optional.empty();
    }

    synchronized void answered(URI server) {
        queues.get(server).doubtful = false;
    }

    /** What waits for the server is read from storage again, later. */
    synchronized void unreachable(URI server, Instant quietUntil) {
        Queue queue = queues.get(server);
        queue.doubtful = true;
        queue.quietUntil = quietUntil;
        queue.waiting.forEach(registration -> taken.remove(Key.of(registration)));
        queue.waiting.clear();
    }

    /** Only after what came of it is in storage. */
    synchronized void done(Registration registration) {
        Queue queue = queues.get(registration.server());
        queue.running--;
        running--;
        taken.remove(Key.of(registration));
        if (queue.running == 0 && queue.waiting.isEmpty() && !queue.doubtful) {
            queues.remove(registration.server());
        }
    }
}
