package dev.slipway.admin;

import dev.slipway.admin.PolicyViews.Applied;
import dev.slipway.admin.PolicyViews.Page;
import dev.slipway.admin.PolicyViews.Policy;
import dev.slipway.admin.PolicyViews.Summary;
import dev.slipway.audit.Author;
import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure.NotFound;
import dev.slipway.policy.PolicyEditor;
import dev.slipway.policy.PolicyReader;
import dev.slipway.policy.PolicyRevision;
import dev.slipway.policy.PolicyStore;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import java.util.Optional;

/** Policies: what the machines of devices may boot whose profiles name them. */
@Path("/api/v1/policies")
@RunOnVirtualThread
@Produces("application/json")
public final class PolicyResource {

    private final PolicyStore store;
    private final PolicyEditor editor;

    PolicyResource(PolicyStore store, PolicyEditor editor) {
        this.store = store;
        this.editor = editor;
    }

    /** By name, each as it is in force. */
    @GET
    public Page list(@QueryParam("after") String after, @QueryParam("limit") Integer limit) {
        Paging paging = Paging.of(limit);
        List<PolicyRevision> found = store.list(Optional.ofNullable(after), paging.limit());
        Optional<String> next = paging.isFull(found) ? Optional.of(found.getLast().policy()) : Optional.empty();
        return new Page(found.stream().map(Summary::of).toList(), next);
    }

    /** @param revision without it, the one that is in force */
    @GET
    @Path("{name}")
    public Policy show(@PathParam("name") String name, @QueryParam("revision") Integer revision) {
        PolicyRevision shown = Optional.ofNullable(revision)
                .map(number -> store.revision(name, number))
                .orElseGet(() -> store.latest(name))
                .orElseThrow(() -> new NotFound("there is no such policy, or no such revision of it"));
        return Policy.of(shown, store.revisions(name));
    }

    /**
     * Puts a policy in force, as a new revision, unless it is in force already.
     *
     * @param dryRun to be told what would come of it
     * @param contents YAML or JSON, see {@link PolicyReader}
     */
    @POST
    @Path("{name}/revisions")
    @Consumes("*/*")
    public Applied apply(
            @PathParam("name") String name, @QueryParam("comment") String comment, @QueryParam("dry-run") boolean dryRun, byte[] contents) {
        Author author = new Author(VoucherResource.OPERATOR, Optional.ofNullable(comment).orElse(""));
        return Applied.of(editor.apply(name, Bytes.owning(contents), author, dryRun));
    }
}
