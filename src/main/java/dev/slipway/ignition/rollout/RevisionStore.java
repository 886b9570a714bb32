package dev.slipway.ignition.rollout;

import dev.slipway.audit.AuditEvent;
import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure.Conflict;
import dev.slipway.ignition.ProfileContents;
import java.util.List;
import java.util.Optional;

/** Revisions and channels. */
public interface RevisionStore {

    /** The channels of all profiles, by name. */
    List<Channels> list();

    Optional<Channels> channels(String profile);

    /** Newest first. */
    List<Revision> revisions(String profile);

    Optional<Revision> revision(String profile, int number);

    Optional<Revision> revision(String profile, Bytes hash);

    /** What is in a revision that exists. */
    ProfileContents contents(String profile, int number);

    /** Newest first. */
    List<Move> moves(String profile, int limit);

    /**
     * Stores a revision, what is in it, and the move that lets devices have it: all of it, or nothing.
     *
     * @param contents of the revision, durable already
     * @param version of the channels before, as in {@link #move}
     */
    void add(Revision revision, StagedContents contents, long version, Move move, AuditEvent event);

    /**
     * Lets the channels point elsewhere.
     *
     * @param version of the channels before; 0 where there were none
     * @throws Conflict if they have another version by now
     */
    void move(long version, Move move, AuditEvent event);
}
