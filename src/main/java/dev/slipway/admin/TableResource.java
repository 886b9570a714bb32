package dev.slipway.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.failure.Failure.Malformed;
import dev.slipway.failure.Failure.NotFound;
import dev.slipway.ignition.assignment.DeviceEntry.TableRow;
import dev.slipway.ignition.assignment.KnownParameters;
import dev.slipway.ignition.assignment.TableEditor;
import dev.slipway.ignition.assignment.TableStore;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The table of devices: what each gets by its serial or GUID. */
@Path(TableResource.PATH)
@RunOnVirtualThread
@Produces("application/json")
public final class TableResource {

    static final String PATH = "/api/v1/device-table";

    private final TableStore table;
    private final TableEditor editor;
    private final KnownParameters known;

    TableResource(TableStore table, TableEditor editor, KnownParameters known) {
        this.table = table;
        this.editor = editor;
        this.known = known;
    }

    /** @param next absent on the last page */
    public record Page(List<Row> rows, Optional<String> next) {}

    /** @param secrets masked */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Row(
            String device, Optional<String> group, Map<String, String> labels, Map<String, Object> parameters, Map<String, String> secrets) {

        private static Row of(TableRow row, KnownParameters known) {
            GivenView given = GivenView.of(row.parameters(), known);
            return new Row(row.device(), row.group(), new TreeMap<>(row.labels()), given.open(), given.secrets());
        }
    }

    /** @param unknown columns that no profile declares; they are kept as secrets */
    public record Applied(long added, long changed, long unchanged, long removed, List<String> unknown) {}

    /** By serial or GUID. */
    @GET
    public Page list(@QueryParam("after") String after, @QueryParam("limit") Integer limit) {
        Paging paging = Paging.of(limit);
        List<TableRow> found = table.list(Optional.ofNullable(after), paging.limit());
        Optional<String> next = paging.isFull(found) ? Optional.of(found.getLast().device()) : Optional.empty();
        return new Page(found.stream().map(row -> Row.of(row, known)).toList(), next);
    }

    /**
     * Takes in a table, all of it or nothing.
     *
     * @param replace {@code true}: the rows that are not in this table go
     * @param csv see {@link TableEditor}; it is read as it comes
     */
    @PUT
    @Consumes("*/*")
    public Applied apply(@QueryParam("replace") boolean replace, InputStream csv) {
        try {
            TableEditor.Applied applied = editor.apply(csv, replace, VoucherResource.OPERATOR);
            TableStore.Counts counts = applied.counts();
            return new Applied(counts.added(), counts.changed(), counts.unchanged(), counts.removed(), applied.unknown());
        } catch (IOException e) {
            throw new Malformed("the table did not arrive whole");
        }
    }

    @DELETE
    @Path("{device}")
    public void remove(@PathParam("device") String device) {
        if (!editor.remove(device, VoucherResource.OPERATOR)) {
            throw new NotFound("there is no such row");
        }
    }
}
