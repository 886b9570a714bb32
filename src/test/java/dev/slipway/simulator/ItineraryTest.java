package dev.slipway.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.bytes.Bytes;
import dev.slipway.cbor.CborItem;
import dev.slipway.fdo.type.RandomSource;
import dev.slipway.fdo.type.RendezvousInfo;
import dev.slipway.fdo.type.RvText;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a device goes, and how long it waits, by what its rendezvous info says. */
class ItineraryTest {

    /** The most of jitter. */
    private static final RandomSource LATEST = count -> Bytes.owning(new byte[] {(byte) 255});
    /** The least. */
    private static final RandomSource EARLIEST = count -> Bytes.owning(new byte[] {0});

    private static Itinerary itinerary(String... directives) {
        return Itinerary.of(RendezvousInfo.of(Arrays.stream(directives).map(RvText::parse).toList()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "dns=a owner-port=81 dev-port=82 protocol=http          | http://a:82",
        "dns=a protocol=http                                    | http://a:80",
        "dns=a protocol=https                                   | https://a:443",
        "dns=a                                                  | https://a:443",
        "dns=a protocol=rest                                    | https://a:443 http://a:80",
        "dns=a protocol=rest dev-port=8443                      | https://a:8443 http://a:8443",
        "ip-address=192.0.2.1 protocol=http dev-only            | http://192.0.2.1:80",
        "ip-address=::ffff:192.0.2.1 protocol=http              | http://192.0.2.1:80",
        "ip-address=2001:db8::1 protocol=http                   | http://[2001:db8:0:0:0:0:0:1]:80",
        "ip-address=1.2.3.4 dns=a protocol=http dev-port=1      | http://a:1 http://1.2.3.4:1",
        "dns=a protocol=http medium=eth-all user-input=false    | http://a:80",
        "dns=a protocol=http sv-cert-hash=sha256:0000000000000000000000000000000000000000000000000000000000000000 | http://a:80"
    })
    void goesToTheServerBestWayFirst(String directive, String urls) {
        assertThat(itinerary(directive).stops())
                .containsExactly(new Itinerary.Stop(Arrays.stream(urls.split(" ")).map(URI::create).toList(), false, Duration.ZERO));
    }

    @Test
    void takesDirectivesInTheirOrder() {
        assertThat(itinerary("delaysec=1", "dns=a protocol=http delaysec=2", "dns=b protocol=http bypass", "dns=c protocol=http").stops())
                .containsExactly(
                        new Itinerary.Stop(List.of(), false, Duration.ofSeconds(1)),
                        new Itinerary.Stop(List.of(URI.create("http://a:80")), false, Duration.ofSeconds(2)),
                        new Itinerary.Stop(List.of(URI.create("http://b:80")), true, Duration.ZERO),
                        new Itinerary.Stop(List.of(URI.create("http://c:80")), false, Duration.ZERO));
    }

    @Test
    void passesOverDirectivesForOwners() {
        assertThat(itinerary("owner-only dns=a protocol=http delaysec=7").stops()).isEmpty();
    }

    /** The device has no Wi-Fi and no keyboard, speaks HTTP, and knows no other way of rendezvous; what it cannot follow has failed. */
    @ParameterizedTest
    @ValueSource(strings = {
        "dns=a wifi-ssid=guest", "dns=a medium=wifi0", "dns=a medium=wifi9", "dns=a medium=wifi-all", "dns=a user-input=true", "dns=a ext-rv=mechanism,x",
        "dns=a protocol=tcp", "dns=a protocol=tls", "dns=a protocol=coap-tcp", "dns=a protocol=coap-udp", "dns=a/b@c:1:2", "dev-port=1"
    })
    void waitsAfterADirectiveThatItCannotFollow(String directive) {
        assertThat(itinerary(directive + " delaysec=7").stops()).containsExactly(new Itinerary.Stop(List.of(), false, Duration.ofSeconds(7)));
    }

    /** The first is as go-fdo-server writes it: a flag without a value; the others cannot be read. */
    @Test
    void passesOverWhatCannotBeRead() {
        assertThat(Itinerary.of(decoded("8182" + "8205426161" + "8108")).stops()).containsExactly(new Itinerary.Stop(List.of(), false, Duration.ZERO));
        for (String hex : List.of("8181" + "82054105", "8182" + "8205426161" + "8203426161", "8182" + "8205426161" + "820c421818")) {
            assertThat(Itinerary.of(decoded(hex)).stops()).as(hex).isEmpty();
        }
    }

    /** Both forms of a flag go round in the world: one element, and two. */
    @ParameterizedTest
    @ValueSource(strings = {"8183" + "8205426161" + "820c4101" + "810e", "8183" + "8205426161" + "820c4101" + "820e41f6", "8183" + "8205426161" + "820c4101" + "820e41f5"})
    void bypassesRendezvousInEveryForm(String hex) {
        assertThat(Itinerary.of(decoded(hex)).stops()).containsExactly(new Itinerary.Stop(List.of(URI.create("http://a:80")), true, Duration.ZERO));
    }

    private static RendezvousInfo decoded(String hex) {
        return RendezvousInfo.decode(CborItem.decode(Bytes.fromHex(hex)));
    }

    /** What a device visits, and the waits between, until the visit of that number succeeds. */
    private static List<String> travel(Itinerary itinerary, int rounds, Duration longest, RandomSource random, int success) {
        List<String> seen = new ArrayList<>();
        Patience patience = new Patience(rounds, longest, duration -> seen.add(duration.toString()));
        try {
            seen.add(itinerary.travel(patience, random, stop -> {
                long visits = seen.stream().filter(entry -> entry.startsWith("http")).count();
                if (visits + 1 == success) {
                    return "success at " + stop.urls().get(0);
                }
                seen.add(stop.urls().get(0).toString());
                throw new CheckFailed("not there");
            }));
        } catch (CheckFailed e) {
            seen.add(e.getMessage());
        }
        return seen;
    }

    @Test
    void waitsBetweenDirectivesAndRoundsAsItIsTold() {
        Itinerary itinerary = itinerary("dns=a protocol=http delaysec=100", "dns=b protocol=http delaysec=8");
        assertThat(travel(itinerary, 2, Duration.ofHours(1), LATEST, 4))
                .containsExactly("http://a:80", "PT2M5S", "http://b:80", "PT10S", "http://a:80", "PT2M5S", "success at http://b:80");
        assertThat(travel(itinerary, 1, Duration.ofHours(1), EARLIEST, 9)).containsExactly("http://a:80", "PT1M15S", "http://b:80", "not there");
    }

    @Test
    void waitsTwoMinutesBetweenRoundsWhereNothingIsSaid() {
        Itinerary itinerary = itinerary("dns=a protocol=http", "dns=b protocol=http");
        assertThat(travel(itinerary, 2, Duration.ofHours(1), LATEST, 9))
                .containsExactly("http://a:80", "http://b:80", "PT2M30S", "http://a:80", "http://b:80", "not there");
    }

    @Test
    void waitsNoLongerThanItsPatience() {
        Itinerary itinerary = itinerary("dns=a protocol=http delaysec=4294967295");
        assertThat(travel(itinerary, 2, Duration.ofHours(1), EARLIEST, 9)).containsExactly("http://a:80", "PT1H", "http://a:80", "not there");
    }

    @Test
    void saysThatNothingIsForIt() {
        assertThatThrownBy(() -> itinerary("dns=a owner-only").travel(Patience.ONE_ROUND, LATEST, stop -> "visited"))
                .isInstanceOf(CheckFailed.class)
                .hasMessage("no directive of the rendezvous info is for a device");
    }
}
