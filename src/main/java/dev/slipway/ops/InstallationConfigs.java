package dev.slipway.ops;

import dev.slipway.device.Device;
import dev.slipway.failure.Failure.NotYet;
import dev.slipway.ignition.AvailableProfile;
import dev.slipway.ignition.DeviceConfig;
import dev.slipway.ignition.DeviceConfigs;
import dev.slipway.ignition.ParameterValues;
import dev.slipway.ignition.Profile;
import dev.slipway.ignition.ProfileCatalogue;
import dev.slipway.ignition.ProfileRevision;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Every device gets the same profile, with the parameters of the installation. */
final class InstallationConfigs implements DeviceConfigs {

    private static final int KEPT = 16;

    private final ProfileCatalogue profiles;
    private final String profile;
    private final ParameterFile parameters;
    private final Map<ProfileRevision, ParameterValues> values = new ConcurrentHashMap<>();

    InstallationConfigs(ProfileCatalogue profiles, String profile, ParameterFile parameters) {
        this.profiles = profiles;
        this.profile = profile;
        this.parameters = parameters;
    }

    @Override
    public DeviceConfig of(Device device) {
        AvailableProfile available = profiles.find(profile, device.id())
                .orElseThrow(() -> new NotYet("there is no profile '" + profile + "' yet; apply it by ./slipway profile apply"));
        return new DeviceConfig(available, valuesFor(available.profile()));
    }

    /** Read once for each revision: it declares what can be in the file. */
    private ParameterValues valuesFor(Profile revision) {
        ParameterValues known = values.get(revision.revision());
        if (known == null) {
            if (values.size() >= KEPT) {
                values.clear();
            }
            known = parameters.load(revision);
            values.put(revision.revision(), known);
        }
        return known;
    }
}
