package dev.slipway.admin;

import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure.Malformed;
import dev.slipway.failure.Failure.NotFound;
import dev.slipway.fdo.key.PublicKeyPem;
import dev.slipway.fdo.owner.ImportReport;
import dev.slipway.fdo.owner.ListedVoucher;
import dev.slipway.fdo.owner.RegistrationStore;
import dev.slipway.fdo.owner.StoredVoucher;
import dev.slipway.fdo.owner.VoucherHandover;
import dev.slipway.fdo.owner.VoucherImporter;
import dev.slipway.fdo.owner.VoucherStore.Position;
import dev.slipway.fdo.owner.VoucherStore;
import dev.slipway.fdo.type.Guid;
import dev.slipway.fdo.type.PublicKey;
import dev.slipway.fdo.voucher.VoucherPem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Ownership vouchers. */
@Path("/api/v1/vouchers")
@RunOnVirtualThread
public final class VoucherResource {

    static final String OPERATOR = "operator";
    private static final String JSON = "application/json";
    private static final String PEM = "application/x-pem-file";
    private static final String ANY = "*/*";
    private static final Pattern CURSOR = Pattern.compile("([0-9]{1,18})\\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})");

    private final VoucherStore store;
    private final RegistrationStore registrations;
    private final VoucherImporter importer;
    private final VoucherHandover handover;

    public VoucherResource(VoucherStore store, RegistrationStore registrations, VoucherImporter importer, VoucherHandover handover) {
        this.store = store;
        this.registrations = registrations;
        this.importer = importer;
        this.handover = handover;
    }

    /** @param next absent on the last page */
    public record Page(List<Row> vouchers, Optional<String> next) {}

    /** A line of the list. */
    public record Row(String guid, String state, String source, boolean trusted, String since, String serial, String deviceInfo) {

        private static Row of(ListedVoucher voucher) {
            return new Row(
                    voucher.guid().toString(),
                    CheckView.word(voucher.state()),
                    CheckView.word(voucher.source()),
                    voucher.trusted(),
                    voucher.since().toString(),
                    voucher.serial(),
                    voucher.deviceInfo());
        }
    }

    /** Newest first. */
    @GET
    @Produces(JSON)
    public Page list(@QueryParam("after") String after, @QueryParam("limit") Integer limit) {
        Paging paging = Paging.of(limit);
        List<ListedVoucher> found = store.list(Optional.ofNullable(after).map(VoucherResource::position), paging.limit());
        Optional<String> next = paging.isFull(found) ? Optional.of(cursor(found.get(found.size() - 1))) : Optional.empty();
        return new Page(found.stream().map(Row::of).toList(), next);
    }

    private static String cursor(ListedVoucher last) {
        return last.since().toEpochMilli() + "." + last.guid();
    }

    private static Position position(String cursor) {
        Matcher parts = CURSOR.matcher(cursor);
        if (!parts.matches()) {
            throw new Malformed("'after' is what 'next' of the page before says");
        }
        return new Position(Instant.ofEpochMilli(Long.parseLong(parts.group(1))), Guid.parse(parts.group(2)));
    }

    /** Takes in the vouchers of a file: PEM, one or many, or the CBOR of one. When it answers, those it says it imported are on disk. */
    @POST
    @Consumes(ANY)
    @Produces(JSON)
    public List<ImportView> take(byte[] file) {
        List<CompletableFuture<ImportReport>> reports =
                VoucherPem.split(Bytes.owning(file)).stream().map(encoded -> importer.take(encoded, OPERATOR)).toList();
        return reports.stream().map(Waiting::join).map(ImportView::of).toList();
    }

    /** All about a voucher, with every check made anew. */
    @GET
    @Path("{guid}")
    @Produces(JSON)
    public VoucherView show(@PathParam("guid") String guid) {
        StoredVoucher stored = find(guid);
        return VoucherView.of(stored, registrations.of(stored.guid()), importer.examine(stored.voucher().voucher()));
    }

    /** The voucher itself. */
    @GET
    @Path("{guid}")
    @Produces(PEM + ";qs=0.5")
    public String export(@PathParam("guid") String guid) {
        return VoucherPem.encode(find(guid).voucher().voucher());
    }

    /**
     * Hands the device on, and answers with the extended voucher.
     *
     * @param pem the next owner's public key or certificate
     */
    @POST
    @Path("{guid}/extend")
    @Consumes(ANY)
    @Produces(PEM)
    public String extend(@PathParam("guid") String guid, String pem) {
        List<PublicKey> keys = PublicKeyPem.decode(pem);
        StoredVoucher stored = find(guid);
        // A file may hold one key of each kind; if none is of the voucher's, the handover says so.
        PublicKey next = keys.stream().filter(key -> key.sameKindAs(stored.voucher().ownerKey())).findFirst().orElse(keys.get(0));
        return VoucherPem.encode(handover.extend(stored.guid(), next, OPERATOR).voucher());
    }

    private StoredVoucher find(String text) {
        return Guids.parse(text).flatMap(store::find).orElseThrow(() -> new NotFound("there is no such voucher"));
    }
}
