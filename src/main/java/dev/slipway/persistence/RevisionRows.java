package dev.slipway.persistence;

import dev.slipway.audit.AuditEvent;
import dev.slipway.audit.Author;
import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure.Conflict;
import dev.slipway.failure.Failure.Internal;
import dev.slipway.failure.Failure.NotFound;
import dev.slipway.fdo.serviceinfo.Content;
import dev.slipway.fdo.type.RandomSource;
import dev.slipway.ignition.ProfileContents;
import dev.slipway.ignition.ProfileManifest;
import dev.slipway.ignition.ProfileManifest.Entry;
import dev.slipway.ignition.rollout.Canary;
import dev.slipway.ignition.rollout.Channels;
import dev.slipway.ignition.rollout.Move;
import dev.slipway.ignition.rollout.Revision;
import dev.slipway.ignition.rollout.RevisionStore;
import dev.slipway.ignition.rollout.StagedContents;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;

/** Revisions and channels as tables, with their large files in a folder. */
public final class RevisionRows implements RevisionStore {

    private final Writes writes;
    private final SessionFactory sessions;
    private final AuditRows audit;
    private final RandomSource random;
    private final ContentFolder folder;

    public RevisionRows(Writes writes, SessionFactory sessions, AuditRows audit, RandomSource random, ContentFolder folder) {
        this.writes = writes;
        this.sessions = sessions;
        this.audit = audit;
        this.random = random;
        this.folder = folder;
    }

    private <T> T read(Function<StatelessSession, T> reading) {
        try (StatelessSession session = sessions.openStatelessSession()) {
            return reading.apply(session);
        }
    }

    @Override
    public List<Channels> list() {
        return read(session -> session.createSelectionQuery("from ProfileChannelEntity order by profile", ProfileChannelEntity.class)
                .getResultList().stream().map(RevisionRows::channels).toList());
    }

    @Override
    public Optional<Channels> channels(String profile) {
        return read(session -> Optional.ofNullable(session.get(ProfileChannelEntity.class, profile)).map(RevisionRows::channels));
    }

    private static Channels channels(ProfileChannelEntity row) {
        return new Channels(row.profile, row.version, row.stable, canary(row.canary, row.percent));
    }

    private static Optional<Canary> canary(Integer revision, Integer percent) {
        return Optional.ofNullable(revision).map(number -> new Canary(number, percent));
    }

    @Override
    public List<Revision> revisions(String profile) {
        return read(session -> session
                .createSelectionQuery("from ProfileRevisionEntity where profile = :profile order by number desc", ProfileRevisionEntity.class)
                .setParameter("profile", profile)
                .getResultList().stream().map(RevisionRows::revision).toList());
    }

    @Override
    public Optional<Revision> revision(String profile, int number) {
        return read(session -> session
                .createSelectionQuery("from ProfileRevisionEntity where profile = :profile and number = :number", ProfileRevisionEntity.class)
                .setParameter("profile", profile)
                .setParameter("number", number)
                .uniqueResultOptional().map(RevisionRows::revision));
    }

    @Override
    public Optional<Revision> revision(String profile, Bytes hash) {
        return read(session -> session
                .createSelectionQuery("from ProfileRevisionEntity where profile = :profile and hash = :hash", ProfileRevisionEntity.class)
                .setParameter("profile", profile)
                .setParameter("hash", hash.toArray())
                .uniqueResultOptional().map(RevisionRows::revision));
    }

    private static Revision revision(ProfileRevisionEntity row) {
        return new Revision(row.profile, row.number, Bytes.of(row.hash), row.author, row.comment, Instant.ofEpochMilli(row.createdAt));
    }

    @Override
    public List<Move> moves(String profile, int limit) {
        return read(session -> session.createSelectionQuery("from ProfileMoveEntity where profile = :profile order by id desc", ProfileMoveEntity.class)
                .setParameter("profile", profile)
                .setMaxResults(limit)
                .getResultList().stream()
                .map(row -> new Move(
                        row.profile, Instant.ofEpochMilli(row.at), row.action, new Author(row.author, row.comment), row.stable,
                        canary(row.canary, row.percent)))
                .toList());
    }

    @Override
    public ProfileContents contents(String profile, int number) {
        return new Stored(profile, number, manifest(profile, number));
    }

    private ProfileManifest manifest(String profile, int number) {
        return read(session -> new ProfileManifest(session
                .createSelectionQuery(
                        "select path, kind, executable, length, sha256, target from ProfileEntryEntity where profile = :profile and number = :number",
                        Object[].class)
                .setParameter("profile", profile)
                .setParameter("number", number)
                .getResultList().stream().map(RevisionRows::entry).toList()));
    }

    private static Entry entry(Object[] row) {
        String path = (String) row[0];
        return switch ((ProfileEntryEntity.Kind) row[1]) {
            case FILE -> new Entry.File(path, (boolean) row[2], (long) row[3], Bytes.of((byte[]) row[4]));
            case LINK -> new Entry.Link(path, (String) row[5]);
            case FOLDER -> new Entry.Folder(path);
        };
    }

    /** A revision whose contents are read when they are asked for. */
    private final class Stored implements ProfileContents {

        private final String profile;
        private final int number;
        private final ProfileManifest manifest;

        Stored(String profile, int number, ProfileManifest manifest) {
            this.profile = profile;
            this.number = number;
            this.manifest = manifest;
        }

        @Override
        public ProfileManifest manifest() {
            return manifest;
        }

        @Override
        public Content open(String path) {
            ProfileEntryEntity row = read(session -> session
                    .createSelectionQuery(
                            "from ProfileEntryEntity where profile = :profile and number = :number and path = :path", ProfileEntryEntity.class)
                    .setParameter("profile", profile)
                    .setParameter("number", number)
                    .setParameter("path", path)
                    .uniqueResultOptional()
                    .filter(found -> found.kind == ProfileEntryEntity.Kind.FILE)
                    .orElseThrow(() -> new NotFound("the profile has no file " + path)));
            Bytes sha384 = Bytes.of(row.sha384);
            return row.contents == null
                    ? folder.open(Bytes.of(row.sha256), row.length, sha384)
                    : new StagingArea.SmallContent(Bytes.owning(row.contents), sha384);
        }
    }

    @Override
    public void add(Revision revision, StagedContents contents, long version, Move move, AuditEvent event) {
        if (!(contents instanceof StagingArea.Staged staged)) {
            throw new Internal("contents that were staged elsewhere", null);
        }
        writes.run(session -> {
            channel(session, version, move.profile());
            session.insert(row(revision));
            staged.manifest().entries().forEach(entry -> session.insert(row(revision, staged, entry)));
            return move(session, version, move, event);
        });
    }

    @Override
    public void move(long version, Move move, AuditEvent event) {
        writes.run(session -> move(session, version, move, event));
    }

    private Void move(StatelessSession session, long version, Move move, AuditEvent event) {
        ProfileChannelEntity row = channel(session, version, move.profile());
        row.profile = move.profile();
        row.version = version + 1;
        row.stable = move.stable();
        row.canary = move.canary().map(Canary::revision).orElse(null);
        row.percent = move.canary().map(Canary::percent).orElse(null);
        session.upsert(row);
        session.insert(row(move));
        return audit.insert(session, event);
    }

    /** A new one if there is none yet. */
    private static ProfileChannelEntity channel(StatelessSession session, long version, String profile) {
        ProfileChannelEntity row = Optional.ofNullable(session.get(ProfileChannelEntity.class, profile)).orElseGet(ProfileChannelEntity::new);
        if (row.version != version) {
            throw new Conflict("somebody else changed the channels of " + profile + " meanwhile; look at them and try again");
        }
        return row;
    }

    private static ProfileRevisionEntity row(Revision revision) {
        ProfileRevisionEntity row = new ProfileRevisionEntity();
        row.profile = revision.profile();
        row.number = revision.number();
        row.hash = revision.hash().toArray();
        row.author = revision.author();
        row.comment = revision.comment();
        row.createdAt = revision.createdAt().toEpochMilli();
        return row;
    }

    private static ProfileEntryEntity row(Revision revision, StagingArea.Staged staged, Entry entry) {
        ProfileEntryEntity row = new ProfileEntryEntity();
        row.profile = revision.profile();
        row.number = revision.number();
        row.path = entry.path();
        switch (entry) {
            case Entry.File file -> {
                row.kind = ProfileEntryEntity.Kind.FILE;
                row.executable = file.executable();
                row.length = file.length();
                row.sha256 = file.sha256().toArray();
                row.sha384 = staged.sha384().get(file.path()).toArray();
                row.contents = Optional.ofNullable(staged.small().get(file.path())).map(Bytes::toArray).orElse(null);
            }
            case Entry.Link link -> {
                row.kind = ProfileEntryEntity.Kind.LINK;
                row.target = link.target();
            }
            case Entry.Folder folder -> row.kind = ProfileEntryEntity.Kind.FOLDER;
        }
        return row;
    }

    private ProfileMoveEntity row(Move move) {
        ProfileMoveEntity row = new ProfileMoveEntity();
        row.id = Uuid7.next(move.at(), random);
        row.profile = move.profile();
        row.at = move.at().toEpochMilli();
        row.action = move.action();
        row.author = move.author().name();
        row.comment = move.author().comment();
        row.stable = move.stable();
        row.canary = move.canary().map(Canary::revision).orElse(null);
        row.percent = move.canary().map(Canary::percent).orElse(null);
        return row;
    }

    /** Deletes large files that belong to no revision: of uploads that were refused, or cut off. */
    public int deleteOrphans(Instant now) {
        Set<String> used = read(session -> new HashSet<>(session
                .createSelectionQuery("select distinct sha256 from ProfileEntryEntity where kind = FILE and contents is null", byte[].class)
                .getResultList().stream().map(hash -> Bytes.of(hash).toHex()).toList()));
        return folder.deleteOrphans(used, now);
    }
}
