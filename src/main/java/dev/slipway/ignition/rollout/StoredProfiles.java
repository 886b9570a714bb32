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

    /** @param change how many there had been before these were looked for */
    private record Declared(long change, Map<String, List<ParameterDeclaration>> byName) {}

    private final RevisionStore store;
    private final ConfigChanges changes;
    /** Of profiles that there are: anybody may ask for one that is not. */
    private final Map<String, Channels> channels = new ConcurrentHashMap<>();
    private final Map<Key, AvailableProfile> parsed = new ConcurrentHashMap<>();
    private volatile Declared declared = new Declared(-1, Map.of());

    public StoredProfiles(RevisionStore store, ConfigChanges changes) {
        this.store = store;
        this.changes = changes;
    }

    @Override
    public Optional<AvailableProfile> find(String name, UUID device) {
        return channels(name).map(found -> get(name, found.revisionFor(device)));
    }

    Optional<Channels> channels(String name) {
        Channels known = channels.get(name);
        return Optional.ofNullable(known != null ? known : channels.computeIfAbsent(name, absent -> store.channels(absent).orElse(null)));
    }

    /** A revision that exists. It is kept if a channel points at it. */
    public AvailableProfile get(String name, int number) {
        Key key = new Key(name, number);
        AvailableProfile known = parsed.get(key);
        if (known != null) {
            return known;
        }
        return channels(name).filter(found -> found.pointsAt(number)).isPresent()
                ? parsed.computeIfAbsent(key, absent -> parse(name, number)) : parse(name, number);
    }

    private AvailableProfile parse(String name, int number) {
        return AvailableProfile.of(name, store.contents(name, number));
    }

    /** Every declaration of a parameter of this name, of all revisions that channels point at. */
    public List<ParameterDeclaration> declarations(String parameter) {
        long change = changes.count();
        Declared known = declared;
        if (known.change() != change) {
            known = new Declared(change, store.list().stream()
                    .flatMap(found -> Stream.concat(Stream.of(found.stable()), found.canary().map(Canary::revision).stream())
                            .map(number -> get(found.profile(), number)))
                    .flatMap(available -> available.profile().parameters().stream())
                    .collect(Collectors.groupingBy(ParameterDeclaration::name)));
            declared = known;
        }
        return known.byName().getOrDefault(parameter, List.of());
    }

    /** The channels of a profile point elsewhere. */
    void forget(String name) {
        channels.remove(name);
        parsed.keySet().removeIf(key -> key.profile.equals(name) && channels(name).filter(now -> now.pointsAt(key.number)).isEmpty());
        changes.raise();
    }
}
