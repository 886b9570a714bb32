package dev.slipway.admin;

import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure.Invalid;
import dev.slipway.failure.Failure.Malformed;
import dev.slipway.failure.Failure.NotFound;
import dev.slipway.ignition.assignment.Group;
import dev.slipway.ignition.assignment.GroupEditor;
import dev.slipway.ignition.assignment.GroupReader;
import dev.slipway.ignition.assignment.GroupStore;
import dev.slipway.ignition.assignment.StoredGroup;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;

/** Groups: rules that select devices, and what they give them. */
@Path("/api/v1/groups")
@RunOnVirtualThread
@Produces("application/json")
public final class GroupResource {

    private static final String BODY = "the group";

    private final GroupStore groups;
    private final GroupEditor editor;

    GroupResource(GroupStore groups, GroupEditor editor) {
        this.groups = groups;
        this.editor = editor;
    }

    /** @param next absent on the last page */
    public record Page(List<GroupView> groups, Optional<String> next) {}

    /** @param outcome {@code created}, {@code changed}, {@code unchanged} */
    public record Saved(String outcome, GroupView group) {}

    /** By name. */
    @GET
    public Page list(@QueryParam("after") String after, @QueryParam("limit") Integer limit) {
        Paging paging = Paging.of(limit);
        List<StoredGroup> found = groups.list(Optional.ofNullable(after), paging.limit());
        Optional<String> next = paging.isFull(found) ? Optional.of(found.getLast().group().name()) : Optional.empty();
        return new Page(found.stream().map(GroupView::of).toList(), next);
    }

    @GET
    @Path("{name}")
    public Response show(@PathParam("name") String name) {
        return tagged(groups.find(name).orElseThrow(GroupResource::none));
    }

    private static Response tagged(StoredGroup group) {
        return Response.ok(GroupView.of(group)).header("ETag", Versions.tag(group.version())).build();
    }

    private static NotFound none() {
        return new NotFound("there is no such group");
    }

    /**
     * Stores a group, in place of the one of its name.
     *
     * @param body YAML or JSON, see {@link GroupReader}
     */
    @PUT
    @Path("{name}")
    @Consumes("*/*")
    public Response save(@PathParam("name") String name, @HeaderParam("If-Match") String version, byte[] body) {
        List<Group> read = GroupReader.read(BODY, Bytes.owning(body));
        if (read.size() != 1) {
            throw new Malformed("there are " + read.size() + " groups in it; send each by itself");
        }
        if (!read.getFirst().name().equals(name)) {
            throw new Invalid("the group calls itself '" + read.getFirst().name() + "', and the path '" + name + "'");
        }
        GroupStore.Change change = editor.save(read.getFirst(), Versions.expected(version), VoucherResource.OPERATOR);
        return Response.ok(new Saved(CheckView.word(change.outcome()), GroupView.of(change.group())))
                .header("ETag", Versions.tag(change.group().version()))
                .build();
    }

    @DELETE
    @Path("{name}")
    public void remove(@PathParam("name") String name, @HeaderParam("If-Match") String version) {
        if (!editor.remove(name, Versions.expected(version), VoucherResource.OPERATOR)) {
            throw none();
        }
    }
}
