package dev.slipway.ignition.rollout;

import dev.slipway.audit.AuditEvent;
import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure.Conflict;
import dev.slipway.fdo.serviceinfo.Content;
import dev.slipway.fdo.type.HashType;
import dev.slipway.ignition.ProfileContents;
import dev.slipway.ignition.ProfileManifest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Revisions and channels in memory; a test may do something while somebody reads. */
final class MemoryRevisions implements RevisionStore {

    private final Map<String, Channels> channels = new TreeMap<>();
    private final List<Revision> revisions = new ArrayList<>();
    private final Map<Revision, ProfileContents> contents = new HashMap<>();
    private final List<Move> moves = new ArrayList<>();
    Runnable afterListing = () -> {};
    int read;

    /** Texts by path. */
    record Memory(Map<String, String> files, Runnable beforeReading) implements StagedContents {

        @Override
        public ProfileManifest manifest() {
            return new ProfileManifest(files.keySet().stream().map(path -> (ProfileManifest.Entry) ProfileManifest.file(path, bytes(path))).toList());
        }

        private Bytes bytes(String path) {
            return Bytes.owning(files.get(path).getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public Content open(String path) {
            beforeReading.run();
            Bytes octets = bytes(path);
            return new Content() {
                @Override
                public long length() {
                    return octets.length();
                }

                @Override
                public Bytes sha384() {
                    return HashType.SHA384.hash(octets).value();
                }

                @Override
                public Bytes read(long offset, int length) {
                    return octets.slice((int) offset, (int) offset + length);
                }
            };
        }
    }

    @Override
    public List<Channels> list() {
        List<Channels> all = List.copyOf(channels.values());
        afterListing.run();
        return all;
    }

    @Override
    public Optional<Channels> channels(String profile) {
        return Optional.ofNullable(channels.get(profile));
    }

    @Override
    public List<Revision> revisions(String profile) {
        return revisions.reversed().stream().filter(revision -> revision.profile().equals(profile)).toList();
    }

    @Override
    public Optional<Revision> revision(String profile, int number) {
        return revisions(profile).stream().filter(revision -> revision.number() == number).findFirst();
    }

    @Override
    public Optional<Revision> revision(String profile, Bytes hash) {
        return revisions(profile).stream().filter(revision -> revision.hash().equals(hash)).findFirst();
    }

    @Override
    public ProfileContents contents(String profile, int number) {
        read++;
        return contents.get(revision(profile, number).orElseThrow());
    }

    @Override
    public List<Move> moves(String profile, int limit) {
        return moves.reversed().stream().filter(move -> move.profile().equals(profile)).limit(limit).toList();
    }

    @Override
    public void add(Revision revision, StagedContents staged, long version, Move move, AuditEvent event) {
        move(version, move, event);
        revisions.add(revision);
        contents.put(revision, staged);
    }

    @Override
    public void move(long version, Move move, AuditEvent event) {
        if (channels(move.profile()).map(Channels::version).orElse(0L) != version) {
            throw new Conflict("another version");
        }
        channels.put(move.profile(), new Channels(move.profile(), version + 1, move.stable(), move.canary()));
        moves.add(move);
    }
}
