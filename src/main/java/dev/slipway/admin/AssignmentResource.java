package dev.slipway.admin;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.bytes.Bytes;
import dev.slipway.device.Device;
import dev.slipway.failure.Failure.Malformed;
import dev.slipway.failure.Failure.NotFound;
import dev.slipway.ignition.assignment.DeviceEditor;
import dev.slipway.ignition.assignment.OwnReader;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What single devices are given, and why. */
@Path("/api/v1/devices")
@RunOnVirtualThread
@Produces("application/json")
public final class AssignmentResource {

    private static final String BODY = "the assignment";
    private static final String SHAPE = "labels are a JSON object of texts, with null for one that is to be removed";
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private final KnownDevices devices;
    private final Assignments assignments;
    private final DeviceEditor editor;

    AssignmentResource(KnownDevices devices, Assignments assignments, DeviceEditor editor) {
        this.devices = devices;
        this.assignments = assignments;
        this.editor = editor;
    }

    /** All labels that an operator gave it. */
    public record Labels(Map<String, String> labels) {}

    /** Why the device gets what it gets. */
    @GET
    @Path("{device}/assignment")
    public Response why(@PathParam("device") String device) {
        return tagged(devices.get(device));
    }

    private Response tagged(Device device) {
        AssignmentView view = assignments.view(device);
        return Response.ok(view).header("ETag", Versions.tag(view.own().map(AssignmentView.OwnView::version).orElse(0L))).build();
    }

    /**
     * Gives the device a layer of its own, in place of what it had of its own.
     *
     * @param body YAML or JSON, see {@link OwnReader}
     */
    @PUT
    @Path("{device}/assignment")
    @Consumes("*/*")
    public Response assign(@PathParam("device") String device, @HeaderParam("If-Match") String version, byte[] body) {
        Device known = devices.get(device);
        editor.assign(known, OwnReader.read(BODY, Bytes.owning(body)), Versions.expected(version), VoucherResource.OPERATOR);
        return tagged(known);
    }

    @DELETE
    @Path("{device}/assignment")
    public void unassign(@PathParam("device") String device, @HeaderParam("If-Match") String version) {
        if (!editor.unassign(devices.get(device), Versions.expected(version), VoucherResource.OPERATOR)) {
            throw new NotFound("the device has nothing of its own");
        }
    }

    /** @param body a JSON object of labels and their new values, null to remove one (RFC 7396) */
    @PATCH
    @Path("{device}/labels")
    @Consumes("*/*")
    public Labels label(@PathParam("device") String device, byte[] body) {
        return new Labels(editor.label(devices.get(device), labels(body), VoucherResource.OPERATOR));
    }

    private static Map<String, Optional<String>> labels(byte[] body) {
        Map<String, Object> given;
        try {
            given = MAPPER.readValue(body, OBJECT);
        } catch (IOException e) {
            throw new Malformed(SHAPE);
        }
        if (given == null) {
            throw new Malformed(SHAPE);
        }
        Map<String, Optional<String>> labels = new HashMap<>();
        given.forEach((name, value) -> {
            if (value != null && !(value instanceof String)) {
                throw new Malformed("the label '" + name + "' must be a text, or null to remove it");
            }
            labels.put(name, Optional.ofNullable((String) value));
        });
        return labels;
    }
}
