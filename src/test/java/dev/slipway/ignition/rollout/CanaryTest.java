package dev.slipway.ignition.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.slipway.failure.Failure;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CanaryTest {

    private static final int DEVICES = 10_000;

    private static List<UUID> devices(long seed) {
        Random random = new Random(seed);
        return Stream.generate(() -> new UUID(random.nextLong(), random.nextLong())).limit(DEVICES).toList();
    }

    private static Set<UUID> members(List<UUID> devices, String profile, int revision, int percent) {
        Canary canary = new Canary(revision, percent);
        return devices.stream().filter(device -> canary.includes(profile, device)).collect(Collectors.toSet());
    }

    @Test
    void keepsItsMembersAsItGrows() {
        long seed = System.nanoTime();
        List<UUID> devices = devices(seed);
        Set<UUID> before = Set.of();
        for (int percent = 1; percent <= 100; percent++) {
            Set<UUID> now = members(devices, "kiosk", 2, percent);
            assertThat(now.containsAll(before)).as("all of before are members at %d %%, seed %d", percent, seed).isTrue();
            assertThat(now.size() * 100.0 / DEVICES).as("share, seed %d", seed).isCloseTo(percent, within(2.0));
            before = now;
        }
        assertThat(before).hasSize(DEVICES);
    }

    /** Ids that were made one after the other have most of their bits in common. */
    @Test
    void drawsEvenlyAmongIdsThatAreAlike() {
        List<UUID> devices = Stream.iterate(0L, i -> i + 1).limit(DEVICES).map(i -> new UUID(0x0199_0000_0000_7000L, 0x8000_0000_0000_0000L | i)).toList();
        assertThat(members(devices, "kiosk", 2, 10).size() * 100.0 / DEVICES).isCloseTo(10, within(1.0));
    }

    @Test
    void hasTheSameMembersForEachRevisionAndOthersForAnotherProfile() {
        long seed = System.nanoTime();
        List<UUID> devices = devices(seed);
        Set<UUID> members = members(devices, "kiosk", 2, 20);
        assertThat(members(devices, "kiosk", 3, 20)).isEqualTo(members);
        Set<UUID> others = members(devices, "gateway", 2, 20);
        assertThat(others.stream().filter(members::contains).count() * 100.0 / others.size()).as("in both, seed %d", seed).isCloseTo(20, within(4.0));
    }

    /** The first eight octets of SHA-256 over the id and the name, as sha256sum gives them, are 0x2705b8b0088dbbfb: 15.2 % of the way. */
    @Test
    void isNeverDrawnAnew() {
        UUID device = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");
        assertThat(new Canary(2, 15).includes("kiosk", device)).isFalse();
        assertThat(new Canary(2, 16).includes("kiosk", device)).isTrue();
    }

    @Test
    void decidesWhichRevisionADeviceGets() {
        UUID device = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");
        assertThat(new Channels("kiosk", 1, 1, Optional.empty()).revisionFor(device)).isEqualTo(1);
        assertThat(new Channels("kiosk", 1, 1, Optional.of(new Canary(2, 100))).revisionFor(device)).isEqualTo(2);
        assertThat(new Channels("kiosk", 1, 1, Optional.of(new Canary(2, 15))).revisionFor(device)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 101})
    void isAPercentage(int percent) {
        assertThatThrownBy(() -> new Canary(2, percent)).isInstanceOf(Failure.Malformed.class);
    }
}
