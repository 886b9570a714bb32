package dev.slipway.admin;

import dev.slipway.attestation.enrollment.EnrollmentStore;
import dev.slipway.attestation.enrollment.Subject;
import dev.slipway.attestation.firstboot.BootStore;
import dev.slipway.audit.AuditEvent;
import dev.slipway.bytes.Bytes;
import dev.slipway.device.Device;
import dev.slipway.device.DeviceRepository;
import dev.slipway.failure.Failure.Malformed;
import dev.slipway.failure.Failure.NotFound;
import dev.slipway.fdo.type.Guid;
import dev.slipway.tpm.Name;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Which TPM a device is bound to, and what an operator has to decide about it. */
@Path("/api/v1/enrollments")
@RunOnVirtualThread
@Produces("application/json")
public final class EnrollmentResource {

    private final EnrollmentStore store;
    private final BootStore boots;
    private final DeviceRepository devices;
    private final Clock clock;

    EnrollmentResource(EnrollmentStore store, BootStore boots, DeviceRepository devices, Clock clock) {
        this.store = store;
        this.boots = boots;
        this.devices = devices;
        this.clock = clock;
    }

    /** By a GUID, which need not be one that is known; by a device's id; by the Name of a device key. */
    @GET
    @Path("{device}")
    public EnrollmentView show(@PathParam("device") String device) {
        return view(subject(device));
    }

    private EnrollmentView view(Subject subject) {
        return EnrollmentView.of(store, boots, subject).orElseThrow(EnrollmentResource::nothing);
    }

    /** Lets the TPM that claims the device take the place of the enrolled one, when it is enrolled once more. */
    @POST
    @Path("{device}/accept")
    @Consumes("*/*")
    public EnrollmentView accept(@PathParam("device") String device) {
        Subject subject = subject(device);
        store.accept(subject, event("enrollment.accepted", subject));
        return view(subject);
    }

    /** Drops what other TPMs claimed, and lets a device try again that gave too many wrong answers. */
    @POST
    @Path("{device}/reject")
    @Consumes("*/*")
    public void reject(@PathParam("device") String device) {
        Subject subject = subject(device);
        if (store.reject(subject, event("enrollment.rejected", subject)) == 0) {
            throw nothing();
        }
    }

    /** Forgets the binding as well: any TPM may be enrolled for the device. */
    @DELETE
    @Path("{device}")
    public void forget(@PathParam("device") String device) {
        Subject subject = subject(device);
        if (!store.forget(subject, event("enrollment.forgotten", subject))) {
            throw nothing();
        }
    }

    /** From now on the device has to boot what it booted last. */
    @POST
    @Path("{device}/accept-boot")
    @Consumes("*/*")
    public EnrollmentView acceptBoot(@PathParam("device") String device) {
        Subject subject = subject(device);
        boots.acceptLast(subject, event("attestation.boot-accepted", subject));
        return view(subject);
    }

    /** From now on whatever the device boots is accepted, and recorded. */
    @POST
    @Path("{device}/record-boot")
    @Consumes("*/*")
    public EnrollmentView recordBoot(@PathParam("device") String device) {
        Subject subject = subject(device);
        boots.recordOnly(subject, event("attestation.boot-recorded", subject));
        return view(subject);
    }

    /** What the device sent when it booted last. */
    @GET
    @Path("{device}/evidence")
    public EvidenceView evidence(@PathParam("device") String device) {
        return boots.lastEvidence(subject(device))
                .map(EvidenceView::of)
                .orElseThrow(() -> new NotFound("the device has not attested itself yet"));
    }

    private Subject subject(String text) {
        return Guids.parse(text)
                .map(Subject::of)
                .or(() -> ofDevice(text))
                .or(() -> name(text))
                .orElseThrow(EnrollmentResource::nothing);
    }

    private Optional<Subject> ofDevice(String id) {
        try {
            return devices.find(UUID.fromString(id)).map(Device::latestGuid).map(Subject::of);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<Subject> name(String hex) {
        try {
            return Optional.of(Subject.of(Name.decode(Bytes.fromHex(hex))));
        } catch (IllegalArgumentException | Malformed e) {
            return Optional.empty();
        }
    }

    private static NotFound nothing() {
        return new NotFound("no TPM was enrolled for this device, and none claims it");
    }

    private AuditEvent event(String id, Subject subject) {
        return new AuditEvent(
                id, clock.instant(), VoucherResource.OPERATOR, subject.guid().map(Guid::toString), AuditEvent.Outcome.DONE, "",
                Map.of("subject", subject.toString()));
    }
}
