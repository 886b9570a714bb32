package dev.slipway.ignition.rollout;

import dev.slipway.ignition.AvailableProfile;
import dev.slipway.ignition.ConfigChanges;
import dev.slipway.ignition.ParameterDeclaration;
import dev.slipway.ignition.ProfileCatalogue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The profiles in storage. Channels are kept in memory, and so is each revision that one of them points at, parsed. */
public final class StoredProfiles implements ProfileCatalogue {

    private record Key(String profile, int number) {}

    private final RevisionStore store;
    private final ConfigChanges changes;
    private final Map<String, Optional<Channels>> channels = new ConcurrentHashMap<>();
    private final Map<Key, AvailableProfile> parsed = new ConcurrentHashMap<>();
    /** Null until somebody asks. */
    private volatile Map<String, List<ParameterDeclaration>> declarations;

    public StoredProfiles(RevisionStore store, ConfigChanges changes) {
        this.store = store;
        this.changes = changes;
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

    /** Every declaration of a parameter of this name, of all revisions that channels point at. */
    public List<ParameterDeclaration> declarations(String parameter) {
        Map<String, List<ParameterDeclaration>> known = declarations;
        if (known == null) {
            known = store.list().stream()
                    .flatMap(found -> Stream.concat(Stream.of(found.stable()), found.canary().map(Canary::revision).stream())
                            .map(number -> get(found.profile(), number)))
                    .flatMap(available -> available.profile().parameters().stream())
                    .collect(Collectors.groupingBy(ParameterDeclaration::name));
            declarations = known;
        }
        return known.getOrDefault(parameter, List.of());
    }

    /** The channels of a profile point elsewhere. */
    void forget(String name) {
        channels.remove(name);
        declarations = null;
        parsed.keySet().removeIf(key -> key.profile.equals(name) && channels(name).filter(now -> now.pointsAt(key.number)).isEmpty());
        changes.raise();
    }
}
