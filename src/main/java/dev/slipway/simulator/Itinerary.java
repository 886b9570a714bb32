package dev.slipway.simulator;

import dev.slipway.cbor.CborItem;
import dev.slipway.client.PeerError;
import dev.slipway.failure.Failure;
import dev.slipway.failure.Failure.Malformed;
import dev.slipway.fdo.type.RandomSource;
import dev.slipway.fdo.type.RendezvousInfo.Directive;
import dev.slipway.fdo.type.RendezvousInfo;
import dev.slipway.fdo.type.RvUrls;
import dev.slipway.fdo.type.RvVariable;
import java.net.URI;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The way of a device through its rendezvous info: one stop for each directive that is for devices, in order.
 *
 * @see "FIDO Device Onboard 1.1, Rendezvous Info Processing"
 */
record Itinerary(List<Stop> stops) {

    private static final int FIRST_WIFI = 10;
    private static final int LAST_WIFI = 19;
    private static final int ALL_WIFI = 21;
    private static final Duration DELAY_BETWEEN_ROUNDS = Duration.ofSeconds(120);
    private static final double JITTER = 0.25;

    /**
     * @param urls the ways to the server, best first; none where the directive only waits, or asks for what this device has not got
     * @param bypass whether the owner himself is there, and not a rendezvous server
     * @param delay how long to wait when it was of no use; zero where the directive says nothing
     */
    record Stop(List<URI> urls, boolean bypass, Duration delay) {}

    /** Directives that cannot be read are passed over. */
    static Itinerary of(RendezvousInfo rvInfo) {
        return new Itinerary(rvInfo.directives().stream()
                .filter(directive -> !directive.has(RvVariable.OWNER_ONLY))
                .map(Itinerary::stop)
                .flatMap(Optional::stream)
                .toList());
    }

    private static Optional<Stop> stop(Directive directive) {
        try {
            List<URI> urls = canFollow(directive) ? RvUrls.of(directive, RvVariable.DEV_PORT) : List.of();
            Duration delay = Duration.ofSeconds(directive.value(RvVariable.DELAYSEC).map(CborItem::uint32).orElse(0L));
            return Optional.of(new Stop(urls, directive.has(RvVariable.BYPASS), delay));
        } catch (Malformed e) {
            return Optional.empty();
        }
    }

    /** This device has the network of its machine, no Wi-Fi of its own, nobody to ask, and knows no other way of rendezvous. */
    private static boolean canFollow(Directive directive) {
        boolean wifi = directive.has(RvVariable.WIFI_SSID)
                || directive.value(RvVariable.MEDIUM).filter(medium -> isWifi(medium.uint(255))).isPresent();
        // Some write it as a flag without a value.
        boolean asks = directive.has(RvVariable.USER_INPUT) && directive.value(RvVariable.USER_INPUT).map(CborItem::bool).orElse(true);
        return !wifi && !asks && !directive.has(RvVariable.EXT_RV);
    }

    private static boolean isWifi(int medium) {
        return medium >= FIRST_WIFI && medium <= LAST_WIFI || medium == ALL_WIFI;
    }

    /**
     * Goes from stop to stop, round after round, until a visit succeeds. Waits have jitter: devices that were switched on together must not
     * stay in step.
     *
     * @throws RuntimeException of the last visit, when patience is over
     */
    <T> T travel(Patience patience, RandomSource random, Function<Stop, T> visit) {
        RuntimeException last = new CheckFailed("no directive of the rendezvous info is for a device");
        for (int round = 1; round <= patience.rounds(); round++) {
            for (Iterator<Stop> rest = stops.iterator(); rest.hasNext(); ) {
                Stop stop = rest.next();
                try {
                    return visit.apply(stop);
                } catch (PeerError | CheckFailed | Failure e) {
                    last = e;
                }
                if (rest.hasNext()) {
                    patience.wait(jittered(stop.delay(), random));
                } else if (round < patience.rounds()) {
                    patience.wait(jittered(stop.delay().isZero() ? DELAY_BETWEEN_ROUNDS : stop.delay(), random));
                }
            }
        }
        throw last;
    }

    private static Duration jittered(Duration delay, RandomSource random) {
        double position = random.next(1).at(0) / 255.0 * 2 - 1;
        return Duration.ofMillis(Math.round(delay.toMillis() * (1 + JITTER * position)));
    }
}
