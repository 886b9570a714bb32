package dev.slipway.ops;

import dev.slipway.failure.Failure;
import dev.slipway.failure.Finding;
import dev.slipway.ignition.AvailableProfile;
import dev.slipway.ignition.ParameterDeclaration;
import dev.slipway.ignition.Profile;
import dev.slipway.ignition.ProfileCatalogue;
import dev.slipway.ignition.assignment.KnownParameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** The profiles of a folder, as they were when the service started. One that cannot be used is left out, and said in the log. */
final class ProfileFolders implements ProfileCatalogue, KnownParameters {

    private static final Logger LOG = Logger.getLogger(ProfileFolders.class);

    private final Map<String, AvailableProfile> profiles;

    private ProfileFolders(Map<String, AvailableProfile> profiles) {
        this.profiles = profiles;
    }

    /**
     * @param required that must be there, and good
     * @throws Failure if it is not
     */
    static ProfileFolders of(Path folder, Optional<String> required) {
        Map<String, AvailableProfile> profiles = new TreeMap<>();
        required.ifPresent(name -> profiles.put(name, load(folder, name)));
        names(folder).stream().filter(name -> !profiles.containsKey(name)).forEach(name -> {
            try {
                profiles.put(name, load(folder, name));
            } catch (Failure e) {
                LOG.warnf("the profile %s cannot be used: %s", name, e.getMessage());
            }
        });
        return new ProfileFolders(profiles);
    }

    private static AvailableProfile load(Path folder, String name) {
        ProfileFolder source = ProfileFolder.of(folder, name);
        Profile profile = source.parse();
        profile.warnings().forEach(finding -> LOG.logf(levelOf(finding), "profile %s: %s", profile.name(), finding));
        return new AvailableProfile(profile, ProfileFiles.of(source, profile.plan()));
    }

    private static Logger.Level levelOf(Finding finding) {
        return finding.severity() == Finding.Severity.INFO ? Logger.Level.INFO : Logger.Level.WARN;
    }

    private static List<String> names(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(Files::isDirectory).map(entry -> entry.getFileName().toString()).filter(name -> !name.startsWith(".")).toList();
        } catch (IOException e) {
            throw new Failure.Internal("cannot read the folder of profiles " + folder, e);
        }
    }

    @Override
    public Optional<AvailableProfile> find(String name, UUID device) {
        return Optional.ofNullable(profiles.get(name));
    }

    @Override
    public List<ParameterDeclaration> of(String name) {
        return profiles.values().stream()
                .flatMap(available -> available.profile().parameters().stream())
                .filter(declaration -> declaration.name().equals(name))
                .toList();
    }
}
