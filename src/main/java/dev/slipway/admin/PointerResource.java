package dev.slipway.admin;

import dev.slipway.ignition.ticket.Negotiation;
import dev.slipway.ignition.ticket.TicketMint;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.Optional;

/** Pointer configs for installers. */
@Path("/ignition/v1/pointer")
@RunOnVirtualThread
public final class PointerResource {

    private final KnownDevices devices;
    private final TicketMint mint;
    private final Negotiation negotiation;

    PointerResource(KnownDevices devices, TicketMint mint, Negotiation negotiation) {
        this.devices = devices;
        this.mint = mint;
        this.negotiation = negotiation;
    }

    /**
     * The small {@code user.ign} that makes stock Ignition fetch the device's config. There is a new ticket in it, which ends all others of the
     * device, and which is good when an operator has approved the device; until then the device waits.
     */
    @GET
    @Path("{device}")
    @Produces("*/*")
    public Response pointer(@PathParam("device") String device, @HeaderParam("Accept") String accept, @Context HttpServerRequest request) {
        if (request.method() == HttpMethod.HEAD) {
            throw new NotAllowedException("GET");
        }
        return PointerConfigs.response(mint.awaitingApproval(
                devices.get(device), VoucherResource.OPERATOR, pointer -> negotiation.forClient(pointer, Optional.ofNullable(accept))));
    }
}
