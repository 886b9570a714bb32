package dev.slipway.ops;

import dev.slipway.failure.Failure.ConfigInvalid;
import dev.slipway.ignition.ConfigChanges;
import dev.slipway.ignition.ParameterValue;
import dev.slipway.ignition.Profile;
import dev.slipway.ignition.assignment.GivenParameters;
import dev.slipway.ignition.assignment.KnownParameters;
import dev.slipway.ignition.assignment.Resolution.Installation;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** What every device is given. The parameter file is read once; which of its values are secret is for the profiles to say, at any time. */
final class CurrentInstallation implements Supplier<Installation> {

    private static final Logger LOG = Logger.getLogger(CurrentInstallation.class);

    /** @param change how many there had been, see {@link ConfigChanges} */
    private record Known(long change, Map<String, ParameterValue> given, Installation installation) {}

    private final ParameterFile file;
    private final Optional<String> defaultProfile;
    private final KnownParameters parameters;
    private final ConfigChanges changes;
    private volatile Optional<Known> known = Optional.empty();

    CurrentInstallation(ParameterFile file, Optional<String> defaultProfile, KnownParameters parameters, ConfigChanges changes) {
        this.file = file;
        this.defaultProfile = defaultProfile;
        this.parameters = parameters;
        this.changes = changes;
    }

    @Override
    public Installation get() {
        long change = changes.count();
        Optional<Known> last = known;
        if (last.filter(found -> found.change == change).isPresent()) {
            return last.get().installation;
        }
        Map<String, ParameterValue> given = last.map(Known::given).orElseGet(file::given);
        GivenParameters sealed = new GivenParameters(given, Map.of()).sealing(parameters::isSecret);
        Installation installation = new Installation(sealed, defaultProfile);
        known = Optional.of(new Known(change, given, installation));
        return installation;
    }

    /**
     * Makes the file if there is none. What is missing in it may come from a group, or be the device's own.
     *
     * @throws ConfigInvalid with everything else that is wrong with it
     */
    void check(Profile profile) {
        try {
            file.load(profile, parameters::isDeclared);
        } catch (ConfigInvalid e) {
            if (e.findings().stream().anyMatch(finding -> !finding.id().equals("parameter.missing"))) {
                throw e;
            }
            e.findings().forEach(finding -> LOG.warnf("%s; a device waits until this comes from a group, or is the device's own", finding));
        }
    }
}
