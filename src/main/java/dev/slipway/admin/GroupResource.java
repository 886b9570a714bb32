package dev.slipway.admin;

import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure.Invalid;
import dev.slipway.failure.Failure.Malformed;
import dev.slipway.failure.Failure.NotFound;
import dev.slipway.ignition.ProfileCatalogue;
import dev.slipway.ignition.assignment.Group;
import dev.slipway.ignition.assignment.GroupEditor;
import dev.slipway.ignition.assignment.GroupReader;
import dev.slipway.ignition.assignment.GroupStore;
import dev.slipway.ignition.assignment.KnownParameters;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;

/** Groups: rules that select devices, and what they give them. */
@Path("/api/v1/groups")
@RunOnVirtualThread
@Produces("application/json")
public final class GroupResource {

    private static final String BODY = "the group";
    private static final UUID ANY_DEVICE = new UUID(0, 0);

    private final GroupStore groups;
    private final GroupEditor editor;
    private final ProfileCatalogue catalogue;
    private final KnownParameters known;

    GroupResource(GroupStore groups, GroupEditor editor, ProfileCatalogue catalogue, KnownParameters known) {
        this.groups = groups;
        this.editor = editor;
        this.catalogue = catalogue;
        this.known = known;
    }

    /** @param next absent on the last page */
    public record Page(List<GroupView> groups, Optional<String> next) {}

    /**
     * @param outcome {@code created}, {@code changed}, {@code unchanged}
     * @param warnings what is not known here, yet
     */
    public record Saved(String outcome, GroupView group, List<String> warnings) {}

    /** By name. */
    @GET
    public Page list(@QueryParam("after") String after, @QueryParam("limit") Integer limit) {
        Paging paging = Paging.of(limit);
        List<StoredGroup> found = groups.list(Optional.ofNullable(after), paging.limit());
        Optional<String> next = paging.isFull(found) ? Optional.of(found.getLast().group().name()) : Optional.empty();
        return new Page(found.stream().map(this::view).toList(), next);
    }

    @GET
    @Path("{name}")
    public Response show(@PathParam("name") String name) {
        return tagged(groups.find(name).orElseThrow(GroupResource::none));
    }

    private GroupView view(StoredGroup group) {
        return GroupView.of(group, known);
    }

    private Response tagged(StoredGroup group) {
        return Response.ok(view(group)).header("ETag", Versions.tag(group.version())).build();
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
        return Response.ok(new Saved(CheckView.word(change.outcome()), view(change.group()), warnings(change.group().group())))
                .header("ETag", Versions.tag(change.group().version()))
                .build();
    }

    private List<String> warnings(Group group) {
        List<String> warnings = new ArrayList<>();
        group.profile()
                .filter(profile -> catalogue.find(profile, ANY_DEVICE).isEmpty())
                .ifPresent(profile -> warnings.add("there is no profile '" + profile + "'; devices of this group get nothing until there is"));
        new TreeSet<>(group.parameters().all().keySet()).stream()
                .filter(name -> !known.isDeclared(name))
                .forEach(name -> warnings.add("no profile declares '" + name + "'; its value is kept as a secret until one does"));
        return warnings;
    }

    @DELETE
    @Path("{name}")
    public void remove(@PathParam("name") String name, @HeaderParam("If-Match") String version) {
        if (!editor.remove(name, Versions.expected(version), VoucherResource.OPERATOR)) {
            throw none();
        }
    }
}
