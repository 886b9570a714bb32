package dev.slipway.admin;

import dev.slipway.admin.ProfileViews.MoveView;
import dev.slipway.admin.ProfileViews.Outcome;
import dev.slipway.admin.ProfileViews.Profile;
import dev.slipway.admin.ProfileViews.RevisionView;
import dev.slipway.admin.ProfileViews.Summary;
import dev.slipway.archive.ProfileArchive;
import dev.slipway.audit.Author;
import dev.slipway.failure.Failure.Busy;
import dev.slipway.failure.Failure.Malformed;
import dev.slipway.ignition.ProfileLayout;
import dev.slipway.ignition.rollout.ContentStore;
import dev.slipway.ignition.rollout.Gate;
import dev.slipway.ignition.rollout.RevisionStore;
import dev.slipway.ignition.rollout.Rollout;
import dev.slipway.ignition.rollout.RolloutDiff;
import dev.slipway.ignition.rollout.StagedContents;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** Profiles: their revisions, and the channels by which devices get them. */
@Path("/api/v1/profiles")
@RunOnVirtualThread
@Produces("application/json")
public final class ProfileResource {

    private static final int MOVES = 200;

    /** Uploads at once: each needs some megabytes of memory. */
    private static final int UPLOADS = 2;

    private final Rollout rollout;
    private final RevisionStore store;
    private final ContentStore contents;
    private final RolloutDiff diff;
    private final ProgressStream stream;
    private final Semaphore uploads = new Semaphore(UPLOADS);

    ProfileResource(Rollout rollout, RevisionStore store, ContentStore contents, RolloutDiff diff, ProgressStream stream) {
        this.rollout = rollout;
        this.store = store;
        this.contents = contents;
        this.diff = diff;
        this.stream = stream;
    }

    /** All of them, by name. */
    @GET
    public List<Summary> list() {
        return store.list().stream().map(Summary::of).toList();
    }

    @GET
    @Path("{name}")
    public Profile show(@PathParam("name") String name) {
        return new Profile(Summary.of(rollout.get(name)), store.revisions(name).stream().map(RevisionView::of).toList());
    }

    /** What its channels pointed at, and who let them; newest first. */
    @GET
    @Path("{name}/history")
    public List<MoveView> history(@PathParam("name") String name) {
        rollout.get(name);
        return store.moves(name, MOVES).stream().map(MoveView::of).toList();
    }

    /**
     * Applies what an archive holds, once it was tried for all samples, and for all devices that would get it.
     *
     * @param archive tar, plain or compressed with gzip
     * @param canary percentage of the devices that get it; without this, all do
     */
    @POST
    @Path("{name}/revisions")
    @Consumes("*/*")
    @Produces({"application/json", ProgressStream.NDJSON})
    public Response apply(
            @PathParam("name") String name,
            @QueryParam("comment") String comment,
            @QueryParam("canary") Integer canary,
            @HeaderParam("Accept") String accept,
            InputStream archive) {
        if (!ProfileLayout.isName(name)) {
            throw new Malformed("the name of a profile has letters, digits, '.', '_' and '-', at most 100, and starts with a letter or digit");
        }
        return answer(archive, accept, (staged, progress) ->
                Outcome.of(rollout.apply(name, staged, Optional.ofNullable(canary), author(comment), progress)));
    }

    /** Does something with what an archive holds. Its small files stay in memory until that is done, and until then it counts as an upload. */
    private Response answer(InputStream archive, String accept, BiFunction<StagedContents, Consumer<Gate.Progress>, Object> work) {
        if (!uploads.tryAcquire()) {
            throw new Busy(UPLOADS + " profiles are being uploaded or tried; try again when that is done");
        }
        StagedContents staged = stage(archive);
        return stream.answer(accept, progress -> {
            try {
                return work.apply(staged, progress);
            } finally {
                uploads.release();
            }
        });
    }

    private StagedContents stage(InputStream archive) {
        boolean done = false;
        try {
            ContentStore.Staging staging = contents.begin();
            ProfileArchive.read(archive, staging);
            StagedContents staged = staging.finish();
            done = true;
            return staged;
        } finally {
            if (!done) {
                uploads.release();
            }
        }
    }

    /** Lets all devices have what the canaries have. */
    @POST
    @Path("{name}/promote")
    @Consumes("*/*")
    @Produces({"application/json", ProgressStream.NDJSON})
    public Response promote(@PathParam("name") String name, @QueryParam("comment") String comment, @HeaderParam("Accept") String accept) {
        return stream.answer(accept, progress -> Outcome.of(rollout.promote(name, author(comment), progress)));
    }

    /**
     * Ends the canary; where there is none, lets devices have the revision before.
     *
     * @param to another revision than that
     * @param force whether it is done although some device cannot have it
     */
    @POST
    @Path("{name}/rollback")
    @Consumes("*/*")
    @Produces({"application/json", ProgressStream.NDJSON})
    public Response rollBack(
            @PathParam("name") String name,
            @QueryParam("to") Integer to,
            @QueryParam("force") boolean force,
            @QueryParam("comment") String comment,
            @HeaderParam("Accept") String accept) {
        return stream.answer(accept, progress ->
                Outcome.of(rollout.rollBack(name, Optional.ofNullable(to), !force, author(comment), progress)));
    }

    /**
     * What would be different for devices with what an archive holds, as rendered for each of them; nothing changes.
     *
     * @param archive as in {@link #apply}
     */
    @POST
    @Path("{name}/diff")
    @Consumes("*/*")
    @Produces({"application/json", ProgressStream.NDJSON})
    public Response compare(@PathParam("name") String name, @HeaderParam("Accept") String accept, InputStream archive) {
        rollout.get(name);
        return answer(archive, accept, (staged, progress) -> ProfileViews.Diff.of(diff.compare(name, staged, progress)));
    }

    /** The same between two revisions. */
    @GET
    @Path("{name}/diff")
    @Produces({"application/json", ProgressStream.NDJSON})
    public Response compare(
            @PathParam("name") String name, @QueryParam("from") Integer from, @QueryParam("to") Integer to, @HeaderParam("Accept") String accept) {
        if (from == null || to == null) {
            throw new Malformed("'from' and 'to' are the numbers of two revisions");
        }
        return stream.answer(accept, progress -> ProfileViews.Diff.of(diff.compare(name, from, to, progress)));
    }

    private static Author author(String comment) {
        return new Author(VoucherResource.OPERATOR, comment == null ? "" : comment);
    }
}
