package dev.slipway.admin;

import dev.slipway.fdo.to2.Onboarding;
import dev.slipway.fdo.to2.OwnedVoucher;
import dev.slipway.fdo.type.Guid;
import dev.slipway.fdo.voucher.VoucherPem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import java.util.Optional;

/** Ownership vouchers. */
@Path("/api/v1/vouchers")
@RunOnVirtualThread
public final class VoucherResource {

    private static final String PEM = "application/x-pem-file";
    private static final int NOT_FOUND = 404;

    private final Onboarding.Repository vouchers;

    public VoucherResource(Onboarding.Repository vouchers) {
        this.vouchers = vouchers;
    }

    /** The voucher under which a device may onboard, PEM. */
    @GET
    @Path("{guid}")
    @Produces({PEM, "application/problem+json"})
    public Response get(@PathParam("guid") String guid) {
        return parse(guid)
                .flatMap(vouchers::find)
                .map(OwnedVoucher::voucher)
                .map(voucher -> Response.ok(VoucherPem.encode(voucher.voucher()), PEM).build())
                .orElseGet(() -> Problem.response(NOT_FOUND, "not-found", "there is no such voucher"));
    }

    private static Optional<Guid> parse(String guid) {
        try {
            return Optional.of(Guid.parse(guid));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
