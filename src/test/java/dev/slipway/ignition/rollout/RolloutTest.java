package dev.slipway.ignition.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.audit.AuditEvent;
import dev.slipway.audit.AuditLog;
import dev.slipway.audit.Author;
import dev.slipway.device.Device;
import dev.slipway.device.DeviceKeys;
import dev.slipway.device.DeviceRepository;
import dev.slipway.device.DeviceState;
import dev.slipway.failure.Failure;
import dev.slipway.fdo.type.Guid;
import dev.slipway.ignition.ConfigChanges;
import dev.slipway.ignition.DeviceConfig;
import dev.slipway.ignition.ParameterDeclaration;
import dev.slipway.ignition.rollout.MemoryRevisions.Memory;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What operators do to the profile "kiosk", which every device gets. */
class RolloutTest {

    private static final Author SOMEBODY = new Author("somebody", "");
    private static final String PLAIN = "";

    private final MemoryRevisions store = new MemoryRevisions();
    private final ConfigChanges changes = new ConfigChanges();
    private final StoredProfiles profiles = new StoredProfiles(store, changes);
    private final List<Device> devices = new ArrayList<>();
    private final CandidateConfigs configs = catalogue -> device -> DeviceConfig.of(
            List.of(catalogue.find("kiosk", device.id()).orElseThrow()), Map.of(), Set.of(), Map.of(),
            () -> new DeviceKeys.Residency(false, "a test"));
    private final DeviceSweep sweep = new DeviceSweep(new Devices(), Runnable::run, 2);
    private final Gate gate = new Gate(sweep, configs, profiles);
    private final Rollout rollout = new Rollout(store, profiles, gate, new NoAudit(), Clock.systemUTC());

    private void device(int number, String serial, DeviceState state) {
        Guid guid = Guid.parse("7f3b2a90-5c1d-4e8f-9a60-00000000000" + number);
        devices.add(new Device(new UUID(1, number), serial, "gateway", "", Map.of(), state, List.of(guid), Instant.EPOCH, Optional.empty()));
    }

    /** @param file one more of the config, or none */
    private static Memory profile(String parameter, String description, String file) {
        return new Memory(
                Map.of(
                        "parameters.yaml", "- {name: " + parameter + ", type: string, required: false, default: x, description: " + description + "}",
                        "config.ign.json", "{\"ignition\": {\"version\": \"3.4.0\"}, \"storage\": {\"files\": [" + file + "]}}"),
                () -> {});
    }

    private Rollout.Outcome apply(Memory contents) {
        return rollout.apply("kiosk", contents, Optional.empty(), SOMEBODY, progress -> {});
    }

    @Test
    void tellsOfParametersAsTheyAreAlsoWhereAProfileChangedWhileSomebodyRead() {
        apply(profile("token", "old", PLAIN));
        store.afterListing = () -> {
            store.afterListing = () -> {};
            apply(profile("token", "new", PLAIN));
        };
        profiles.declarations("token");
        assertThat(profiles.declarations("token")).extracting(ParameterDeclaration::description).containsExactly("new");
    }

    @Test
    void keepsInMemoryWhatChannelsPointAtAndNothingElse() {
        apply(profile("a", "A.", PLAIN));
        apply(profile("b", "A.", PLAIN));
        store.read = 0;
        profiles.get("kiosk", 2);
        profiles.get("kiosk", 2);
        assertThat(store.read).isEqualTo(1);
        profiles.get("kiosk", 1);
        profiles.get("kiosk", 1);
        assertThat(store.read).isEqualTo(3);
        assertThat(profiles.find("nothing", new UUID(1, 1))).isEmpty();
    }

    /** What the gate let pass was judged by the channels as they were before. */
    @Test
    void refusesARevisionWhereSomebodyElseMovedTheChannelsWhileItWasRead() {
        apply(profile("a", "A.", PLAIN));
        Memory other = profile("c", "A.", PLAIN);
        boolean[] moved = {false};
        Memory mine = new Memory(profile("b", "A.", PLAIN).files(), () -> {
            if (!moved[0]) {
                moved[0] = true;
                apply(other);
            }
        });
        assertThatThrownBy(() -> apply(mine)).isInstanceOf(Failure.Conflict.class);
        assertThat(rollout.get("kiosk").stable()).isEqualTo(2);
    }

    @Test
    void asksNothingOfADeviceThatIsSomebodyElses() {
        String file = "{\"path\": \"/etc/{{ device.serial }}\"}";
        device(1, "good", DeviceState.ANNOUNCED);
        device(2, "bad\u0000serial", DeviceState.RELEASED);
        assertThat(apply(profile("a", "A.", file)).devices()).isEqualTo(1);
        device(3, "bad\u0000serial", DeviceState.ANNOUNCED);
        assertThatThrownBy(() -> apply(profile("b", "A.", file)))
                .isInstanceOf(Failure.ConfigInvalid.class)
                .hasMessageContaining("device 7f3b2a90-5c1d-4e8f-9a60-000000000003");
    }

    @Test
    void triesWhatIsThereOnlyForADeviceThatFetchesWithATicket() {
        device(1, "relative", DeviceState.ANNOUNCED);
        String file = "{\"$when\": \"ticket.given\", \"path\": \"{{ device.serial == 'relative' ? '' : '/' }}x\"}";
        assertThatThrownBy(() -> apply(profile("a", "A.", file)))
                .isInstanceOf(Failure.ConfigInvalid.class)
                .hasMessageContaining("device 7f3b2a90-5c1d-4e8f-9a60-000000000001");
    }

    /** What they should have now is at fault, and that may be why somebody changes it. */
    @Test
    void blamesNoNewProfileForWhatDevicesCannotHaveNow() {
        apply(profile("a", "A.", "{\"path\": \"/etc/{{ device.serial }}\"}"));
        device(1, "bad\u0000serial", DeviceState.ANNOUNCED);
        RolloutDiff.Result result = new RolloutDiff(sweep, configs, profiles, store)
                .compare("kiosk", profile("a", "A.", "{\"path\": \"/etc/x\"}"), progress -> {});
        assertThat(result.refused()).isEmpty();
        assertThat(result.unchanged()).isZero();
        assertThat(result.groups()).extracting(RolloutDiff.Group::devices).containsExactly(1);
        assertThat(result.groups().getFirst().differences().toString()).contains("/etc/x");
    }

    private final class Devices implements DeviceRepository {

        @Override
        public Optional<Device> find(Guid guid) {
            return devices.stream().filter(device -> device.guids().contains(guid)).findFirst();
        }

        @Override
        public Optional<Device> find(UUID id) {
            return devices.stream().filter(device -> device.id().equals(id)).findFirst();
        }

        @Override
        public List<Device> list(Optional<UUID> after, int limit) {
            return after.isPresent() ? List.of() : devices;
        }
    }

    private static final class NoAudit implements AuditLog {

        @Override
        public boolean append(AuditEvent event) {
            return true;
        }

        @Override
        public CompletableFuture<Void> store(AuditEvent event) {
            return CompletableFuture.completedFuture(null);
        }
    }
}
