package dev.slipway.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.device.Device;
import dev.slipway.device.DeviceRepository;
import dev.slipway.failure.Failure.Malformed;
import dev.slipway.failure.Failure.NotFound;
import dev.slipway.fdo.type.Guid;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Devices. */
@Path("/api/v1/devices")
@RunOnVirtualThread
@Produces("application/json")
public final class DeviceResource {

    private final DeviceRepository devices;

    public DeviceResource(DeviceRepository devices) {
        this.devices = devices;
    }

    /** @param next absent on the last page */
    public record Page(List<View> devices, Optional<String> next) {}

    /** @param guids all it ever had, newest last */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record View(String id, String serial, String deviceInfo, String state, List<String> guids, Instant since, Optional<Instant> onboardedAt) {

        private static View of(Device device) {
            return new View(
                    device.id().toString(),
                    device.serial(),
                    device.deviceInfo(),
                    CheckView.word(device.state()),
                    device.guids().stream().map(Guid::toString).toList(),
                    device.since(),
                    device.onboardedAt());
        }
    }

    /** Newest first. */
    @GET
    public Page list(@QueryParam("after") String after, @QueryParam("limit") Integer limit) {
        Paging paging = Paging.of(limit);
        List<Device> found = devices.list(Optional.ofNullable(after).map(DeviceResource::id), paging.limit());
        Optional<String> next = paging.isFull(found) ? Optional.of(found.get(found.size() - 1).id().toString()) : Optional.empty();
        return new Page(found.stream().map(View::of).toList(), next);
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new Malformed("'after' is what 'next' of the page before says");
        }
    }

    /** The device that has, or once had, this GUID. */
    @GET
    @Path("{guid}")
    public View show(@PathParam("guid") String guid) {
        return Guids.parse(guid).flatMap(devices::find).map(View::of).orElseThrow(() -> new NotFound("there is no such device"));
    }
}
