package dev.slipway.ignition.rollout;

import dev.slipway.ignition.AvailableProfile;
import dev.slipway.ignition.ProfileCatalogue;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The profiles in storage. Channels are kept in memory, and so is each revision that one of them points at, parsed. */
public final class StoredProfiles implements ProfileCatalogue {

    private record Key(String profile, int number) {}

    private final RevisionStore store;
    private final Map<String, Optional<Channels>> channels = new ConcurrentHashMap<>();
    private final Map<Key, AvailableProfile> parsed = new ConcurrentHashMap<>();

    public StoredProfiles(RevisionStore store) {
        this.store = store;
    }

    @Override
    public Optional<AvailableProfile> find(String name, UUID device) {
        return channels(name).map(found -> get(name, found.revisionFor(device)));
    }

    Optional<Channels> channels(String name) {
        Optional<Channels> known = channels.get(name);
        return known != null ? known : channels.computeIfAbsent(name, store::channels);
    }

    /** A revision that exists. */
    public AvailableProfile get(String name, int number) {
        Key key = new Key(name, number);
        AvailableProfile known = parsed.get(key);
        return known != null ? known : parsed.computeIfAbsent(key, absent -> AvailableProfile.of(name, store.contents(name, number)));
    }

    /** The channels of a profile point elsewhere. */
    void forget(String name) {
        channels.remove(name);
        parsed.keySet().removeIf(key -> key.profile.equals(name) && channels(name).filter(now -> now.pointsAt(key.number)).isEmpty());
    }
}
