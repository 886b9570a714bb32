package dev.slipway.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.attestation.enrollment.EnrollmentStore;
import dev.slipway.attestation.enrollment.Subject;
import dev.slipway.attestation.firstboot.BootStore;
import dev.slipway.device.Device;
import dev.slipway.device.DeviceKeys;
import dev.slipway.device.DeviceRepository;
import dev.slipway.failure.Failure.Malformed;
import dev.slipway.fdo.type.Guid;
import dev.slipway.ignition.assignment.Resolution;
import dev.slipway.ignition.ticket.TicketMint;
import dev.slipway.ignition.ticket.TicketStore;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** Devices. */
@Path("/api/v1/devices")
@RunOnVirtualThread
@Produces("application/json")
public final class DeviceResource {

    private final DeviceRepository devices;
    private final KnownDevices known;
    private final DeviceKeys keys;
    private final TicketStore tickets;
    private final TicketMint mint;
    private final EnrollmentStore enrollments;
    private final Assignments assignments;
    private final BootStore boots;
    private final Clock clock;

    DeviceResource(
            DeviceRepository devices,
            KnownDevices known,
            DeviceKeys keys,
            TicketStore tickets,
            TicketMint mint,
            EnrollmentStore enrollments,
            Assignments assignments,
            BootStore boots,
            Clock clock) {
        this.devices = devices;
        this.known = known;
        this.keys = keys;
        this.tickets = tickets;
        this.mint = mint;
        this.enrollments = enrollments;
        this.assignments = assignments;
        this.boots = boots;
        this.clock = clock;
    }

    /** @param next absent on the last page */
    public record Page(List<View> devices, Optional<String> next) {}

    /**
     * @param labels its own, and those of the table
     * @param profiles that it is to get, the lowest layer first; absent while it waits for somebody to give it one
     * @param guids all it ever had, newest last
     * @param tickets the latest, newest first; not in the list of devices
     * @param key where its key is; not in the list of devices
     * @param tpm what is known of its TPM; not in the list of devices
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record View(
            String id,
            String serial,
            String deviceInfo,
            String manufacturer,
            String state,
            Map<String, String> labels,
            List<String> profiles,
            List<String> guids,
            Instant since,
            Optional<Instant> onboardedAt,
            List<TicketView> tickets,
            Optional<DeviceKeys.Residency> key,
            Optional<EnrollmentView> tpm) {

        private static View of(Device device, Resolution resolution) {
            return of(device, resolution, List.of(), Optional.empty(), Optional.empty());
        }

        private static View of(
                Device device,
                Resolution resolution,
                List<TicketView> tickets,
                Optional<DeviceKeys.Residency> key,
                Optional<EnrollmentView> tpm) {
            return new View(
                    device.id().toString(),
                    device.serial(),
                    device.deviceInfo(),
                    device.manufacturer(),
                    CheckView.word(device.state()),
                    new TreeMap<>(resolution.labels()),
                    resolution.profiles().stream().map(Resolution.Layer::profile).toList(),
                    device.guids().stream().map(Guid::toString).toList(),
                    device.since(),
                    device.onboardedAt(),
                    tickets,
                    key,
                    tpm);
        }
    }

    /** @param tickets how many there were to revoke */
    public record Revocation(int tickets) {}

    /** Newest first. */
    @GET
    public Page list(@QueryParam("after") String after, @QueryParam("limit") Integer limit) {
        Paging paging = Paging.of(limit);
        List<Device> found = devices.list(Optional.ofNullable(after).map(DeviceResource::id), paging.limit());
        Optional<String> next = paging.isFull(found) ? Optional.of(found.get(found.size() - 1).id().toString()) : Optional.empty();
        return new Page(found.stream().map(device -> View.of(device, assignments.resolution(device))).toList(), next);
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new Malformed("'after' is what 'next' of the page before says");
        }
    }

    /** The device that has, or once had, this GUID, or that has this id. */
    @GET
    @Path("{device}")
    public View show(@PathParam("device") String device) {
        Device found = known.get(device);
        Instant now = clock.instant();
        List<TicketView> views = tickets.of(found.id()).stream().map(ticket -> TicketView.of(ticket, now)).toList();
        Subject latest = Subject.of(found.latestGuid());
        return View.of(
                found, assignments.resolution(found), views, Optional.of(keys.of(found)), EnrollmentView.of(enrollments, boots, latest));
    }

    /**
     * Lets a device have its config, with no more proof than this. Answers with a pointer config; with nothing, where the device has a ticket
     * already that waited for it.
     */
    @POST
    @Path("{device}/approve")
    @Consumes("*/*")
    @Produces("*/*")
    public Response approve(@PathParam("device") String device) {
        return mint.approve(known.get(device), VoucherResource.OPERATOR)
                .pointer()
                .map(PointerConfigs::response)
                .orElseGet(() -> Response.noContent().build());
    }

    /** Ends all tickets of a device, and their leases. */
    @POST
    @Path("{device}/revoke")
    @Consumes("*/*")
    public Revocation revoke(@PathParam("device") String device) {
        return new Revocation(mint.revoke(known.get(device), VoucherResource.OPERATOR));
    }
}
