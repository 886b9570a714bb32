package dev.slipway.admin;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.slipway.device.Device;
import dev.slipway.ignition.ConfigPreview;
import dev.slipway.ignition.DeviceConfig;
import dev.slipway.ignition.DeviceConfigs;
import dev.slipway.ignition.ProfileRevision;
import dev.slipway.ignition.ValueOrigin;
import dev.slipway.ignition.rollout.Revision;
import dev.slipway.ignition.rollout.RevisionStore;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import java.util.List;
import java.util.Optional;

/** What a device would get now. */
@Path("/api/v1/devices/{device}/config-preview")
@RunOnVirtualThread
@Produces("application/json")
public final class PreviewResource {

    private final KnownDevices known;
    private final DeviceConfigs configs;
    private final RevisionStore revisions;

    PreviewResource(KnownDevices known, DeviceConfigs configs, RevisionStore revisions) {
        this.known = known;
        this.configs = configs;
        this.revisions = revisions;
    }

    /**
     * @param profiles lowest first
     * @param config with secrets masked
     * @param origins of each value in it
     */
    public record View(List<Layer> profiles, @JsonRawValue String config, List<OriginView> origins) {}

    /** A profile that it is made of. */
    public record Layer(String profile, Optional<Integer> revision) {}

    /** @param names what its expressions use */
    public record OriginView(String pointer, String file, int line, int column, List<String> names) {

        private static OriginView of(ValueOrigin origin) {
            return new OriginView(origin.pointer(), origin.file(), origin.position().line(), origin.position().column(), origin.names());
        }
    }

    @GET
    public View preview(@PathParam("device") String device) {
        Device found = known.get(device);
        DeviceConfig config = configs.of(found);
        ConfigPreview preview = config.preview(found, found.latestGuid());
        return new View(
                config.revisions().stream().map(this::layer).toList(),
                preview.config().text(),
                preview.origins().stream().map(OriginView::of).toList());
    }

    private Layer layer(ProfileRevision revision) {
        return new Layer(revision.profile(), revisions.revision(revision.profile(), revision.sha256()).map(Revision::number));
    }
}
