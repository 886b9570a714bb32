package dev.slipway.ignition.rollout;

import dev.slipway.device.Device;
import dev.slipway.failure.Failure.ConfigInvalid;
import dev.slipway.failure.Failure.NotFound;
import dev.slipway.failure.Finding;
import dev.slipway.ignition.AvailableProfile;
import dev.slipway.ignition.ConfigDiff;
import dev.slipway.ignition.ConfigDifference;
import dev.slipway.ignition.DeviceConfig;
import dev.slipway.ignition.DeviceConfigs;
import dev.slipway.ignition.ProfileCatalogue;
import dev.slipway.ignition.ProfileContents;
import dev.slipway.ignition.ProfileFacets;
import dev.slipway.ignition.ProfileLint;
import dev.slipway.ignition.ProfileSource;
import dev.slipway.ignition.ReadableConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What would be different for devices, as rendered for each of them. */
public final class RolloutDiff {

    /** Kinds of differences that are told. */
    private static final int GROUPS = 50;

    private static final int FINDINGS = 50;

    private final DeviceSweep devices;
    private final CandidateConfigs configs;
    private final ProfileCatalogue profiles;
    private final RevisionStore store;

    public RolloutDiff(DeviceSweep devices, CandidateConfigs configs, ProfileCatalogue profiles, RevisionStore store) {
        this.devices = devices;
        this.configs = configs;
        this.profiles = profiles;
        this.store = store;
    }

    /**
     * Devices for which the same places are different.
     *
     * @param example the GUID of one of them, whose differences these are
     */
    public record Group(int devices, String example, List<ConfigDifference> differences) {}

    /**
     * @param beside the config: what is different in plan, proof and parameters
     * @param unchanged devices for which nothing is different
     * @param refused what some devices cannot have, the first findings
     */
    public record Result(List<ConfigDifference> beside, List<Group> groups, int unchanged, List<Finding> refused) {}

    /** What is different for one device; one of both. */
    private record Compared(Device device, List<ConfigDifference> differences, List<Finding> refused) {

        String shape() {
            return String.join("\n", differences.stream()
                    .map(difference -> difference.path() + difference.before().isPresent() + difference.after().isPresent())
                    .toList());
        }
    }

    /** What one thread compares with. */
    private record Pair(DeviceConfigs now, Trial then) {}

    /** Between what devices get now, and what was staged. */
    public Result compare(String profile, ProfileContents contents, Consumer<Gate.Progress> progress) {
        Channels channels = store.channels(profile).orElseThrow(() -> new NotFound("there is no such profile"));
        ProfileLint lint = ProfileLint.of(ProfileSource.of(profile, contents));
        if (lint.profile().isEmpty()) {
            throw new ConfigInvalid(lint.findings());
        }
        AvailableProfile candidate = AvailableProfile.of(profile, contents);
        List<ConfigDifference> beside = ConfigDiff.between(
                facets(AvailableProfile.of(profile, store.contents(profile, channels.stable())), store.contents(profile, channels.stable())),
                facets(candidate, contents));
        return collect(beside, () -> new Pair(configs.with(profiles), new Trial(profiles, candidate, configs)), progress);
    }

    /** Between two revisions, whichever of them devices get. */
    public Result compare(String profile, int from, int to, Consumer<Gate.Progress> progress) {
        for (int number : new int[] {from, to}) {
            store.revision(profile, number).orElseThrow(() -> new NotFound("the profile has no revision " + number));
        }
        AvailableProfile before = AvailableProfile.of(profile, store.contents(profile, from));
        AvailableProfile after = AvailableProfile.of(profile, store.contents(profile, to));
        List<ConfigDifference> beside =
                ConfigDiff.between(facets(before, store.contents(profile, from)), facets(after, store.contents(profile, to)));
        ProfileCatalogue atBefore = (name, device) -> name.equals(profile) ? Optional.of(before) : profiles.find(name, device);
        return collect(beside, () -> new Pair(configs.with(atBefore), new Trial(profiles, after, configs)), progress);
    }

    private static ReadableConfig facets(AvailableProfile profile, ProfileContents contents) {
        return ProfileFacets.of(profile.profile(), contents.manifest());
    }

    private Result collect(List<ConfigDifference> beside, Supplier<Pair> pairs, Consumer<Gate.Progress> listener) {
        Map<String, Group> groups = new LinkedHashMap<>();
        List<Finding> refused = new ArrayList<>();
        int[] unchanged = {0};
        Gate.Progress[] progress = {Gate.Progress.NONE};
        devices.run(pairs, device -> true, RolloutDiff::compared, (seen, results) -> {
            List<Compared> assigned = results.stream().flatMap(Optional::stream).toList();
            for (Compared one : assigned) {
                one.refused().stream().limit(FINDINGS - refused.size()).forEach(refused::add);
                if (one.differences().isEmpty()) {
                    unchanged[0] += one.refused().isEmpty() ? 1 : 0;
                } else if (groups.size() < GROUPS || groups.containsKey(one.shape())) {
                    groups.merge(one.shape(), new Group(1, one.device().latestGuid().toString(), one.differences()),
                            (known, more) -> new Group(known.devices() + 1, known.example(), known.differences()));
                }
            }
            progress[0] = progress[0].and(seen, assigned.size(), assigned.stream().filter(one -> !one.refused().isEmpty()).count());
            listener.accept(progress[0]);
        });
        return new Result(beside, List.copyOf(groups.values()), unchanged[0], refused);
    }

    /** Empty if the device does not get the profile. */
    private static Optional<Compared> compared(Pair pair, Device device) {
        try {
            Optional<DeviceConfig> then = pair.then().configOf(device);
            return then.map(config -> new Compared(device, ConfigDiff.between(now(pair, device), readable(config, device)), List.of()));
        } catch (ConfigInvalid e) {
            return Optional.of(new Compared(device, List.of(), Gate.findings(device, e)));
        }
    }

    /** Nothing where the device is refused what it should have: that is no fault of what is compared with it. */
    private static ReadableConfig now(Pair pair, Device device) {
        try {
            return readable(pair.now().of(device), device);
        } catch (ConfigInvalid e) {
            return ReadableConfig.NONE;
        }
    }

    private static ReadableConfig readable(DeviceConfig config, Device device) {
        return config.renderReadable(device, device.latestGuid(), Optional.empty());
    }
}
