package dev.slipway.ignition.rollout;

import dev.slipway.audit.AuditEvent;
import dev.slipway.audit.AuditLog;
import dev.slipway.audit.Author;
import dev.slipway.device.Device;
import dev.slipway.failure.Failure.ConfigInvalid;
import dev.slipway.failure.Failure.Conflict;
import dev.slipway.failure.Failure.NotFound;
import dev.slipway.failure.Finding;
import dev.slipway.ignition.AvailableProfile;
import dev.slipway.ignition.ProfileLint;
import dev.slipway.ignition.ProfileSource;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** What operators do with profiles. Whatever of it fails changes nothing. */
public final class Rollout {

    private final RevisionStore store;
    private final StoredProfiles profiles;
    private final Gate gate;
    private final AuditLog audit;
    private final Clock clock;

    public Rollout(RevisionStore store, StoredProfiles profiles, Gate gate, AuditLog audit, Clock clock) {
        this.store = store;
        this.profiles = profiles;
        this.gate = gate;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * What came of it.
     *
     * @param revision that devices get now
     * @param unchanged whether they got it before
     * @param devices that it was tried for
     * @param warnings of the profile and its samples
     */
    public record Outcome(Revision revision, Channels channels, boolean unchanged, int devices, List<Finding> warnings) {}

    /**
     * Makes a revision of what was taken in, unless there is one, and lets devices have it.
     *
     * @param percent of the devices that get it; of the others, nothing changes. Empty for all, which ends a canary
     * @throws ConfigInvalid if it is not fit for a sample, or for a device that would get it
     * @throws Conflict if somebody else changed the channels meanwhile
     */
    public Outcome apply(String profile, StagedContents contents, Optional<Integer> percent, Author author, Consumer<Gate.Progress> progress) {
        Optional<Channels> before = store.channels(profile);
        Facts facts = new Facts(profile, author);
        return store(profile, before, contents, percent, author, lint(profile, contents, facts), (revision, after) ->
                pass(AvailableProfile.of(profile, contents), newlyOf(before, after, revision.number()), facts, progress));
    }

    /** Tries a revision before it is stored; says for how many devices. */
    private interface Test {
        int pass(Revision revision, Channels after);
    }

    /** @param before the channels: whoever changes them from now on, what is done here is refused */
    private Outcome store(
            String profile,
            Optional<Channels> before,
            StagedContents contents,
            Optional<Integer> percent,
            Author author,
            ProfileLint lint,
            Test test) {
        Optional<Revision> known = store.revision(profile, contents.manifest().sha256());
        Revision revision = known.orElseGet(() -> new Revision(
                profile, next(profile), contents.manifest().sha256(), author.name(), author.comment(), clock.instant()));
        Channels after = after(before, profile, revision.number(), percent);
        if (before.filter(after::pointsLike).isPresent()) {
            return new Outcome(revision, before.get(), true, 0, lint.findings());
        }
        int tried = test.pass(revision, after);
        Move move = move(after, Move.Action.APPLIED, author);
        AuditEvent event = new Facts(profile, author).with(revision, after).done("profile.applied", move.at());
        long version = before.map(Channels::version).orElse(0L);
        if (known.isPresent()) {
            store.move(version, move, event);
        } else {
            store.add(revision, contents, version, move, event);
        }
        profiles.forget(profile);
        return new Outcome(revision, after, false, tried, lint.findings());
    }

    /**
     * Makes a revision of a folder, for all devices, when there is nobody whom it could be refused: a sample that renders to something else
     * than what is expected is a warning, and devices are not tried. What is served is validated for each of them anyway.
     *
     * @throws ConfigInvalid if it can be used for no device
     */
    public Outcome takeIn(String profile, StagedContents contents, Author author) {
        Optional<Channels> before = store.channels(profile);
        ProfileLint lint = ProfileLint.of(ProfileSource.of(profile, contents));
        if (lint.findings().stream().anyMatch(finding -> finding.isError() && !finding.id().equals(ProfileLint.DIFFERS))) {
            throw new ConfigInvalid(lint.findings());
        }
        return store(profile, before, contents, Optional.empty(), author, lint, (revision, after) -> 0);
    }

    private ProfileLint lint(String profile, StagedContents contents, Facts facts) {
        try {
            ProfileLint lint = ProfileLint.of(ProfileSource.of(profile, contents));
            if (!lint.isFine()) {
                throw new ConfigInvalid(lint.findings());
            }
            return lint;
        } catch (ConfigInvalid e) {
            throw refused(e, facts);
        }
    }

    private int next(String profile) {
        return store.revisions(profile).stream().mapToInt(Revision::number).max().orElse(0) + 1;
    }

    private static Channels after(Optional<Channels> before, String profile, int revision, Optional<Integer> percent) {
        long version = before.map(Channels::version).orElse(0L) + 1;
        if (percent.isEmpty()) {
            return new Channels(profile, version, revision, Optional.empty());
        }
        Canary canary = new Canary(revision, percent.get());
        int stable = before.map(Channels::stable)
                .orElseThrow(() -> new Conflict("the first revision of a profile cannot be a canary; apply it without a percentage"));
        if (stable == revision) {
            throw new Conflict("revision " + revision + " is what all devices get already; a canary is something else");
        }
        return new Channels(profile, version, stable, Optional.of(canary));
    }

    /** Lets all devices have what the canaries have. */
    public Outcome promote(String profile, Author author, Consumer<Gate.Progress> progress) {
        Channels before = get(profile);
        Canary canary = before.canary().orElseThrow(() -> new Conflict("the profile has no canary to promote"));
        Channels after = new Channels(profile, before.version() + 1, canary.revision(), Optional.empty());
        return move(before, after, Move.Action.PROMOTED, author, true, progress);
    }

    /**
     * Lets devices have an earlier revision again: ends the canary, if there is one; else goes to the revision before that was stable once.
     *
     * @param to a revision, to be the stable one in place of that; this ends a canary, too
     * @param checked whether it has to be fit for every device that would get it
     */
    public Outcome rollBack(String profile, Optional<Integer> to, boolean checked, Author author, Consumer<Gate.Progress> progress) {
        Channels before = get(profile);
        int stable = to.orElseGet(() -> before.canary().isPresent() ? before.stable() : earlier(before));
        revision(profile, stable);
        Channels after = new Channels(profile, before.version() + 1, stable, Optional.empty());
        if (after.pointsLike(before)) {
            return new Outcome(revision(profile, stable), before, true, 0, List.of());
        }
        return move(before, after, Move.Action.ROLLED_BACK, author, checked, progress);
    }

    private int earlier(Channels before) {
        return store.moves(before.profile(), Integer.MAX_VALUE).stream()
                .mapToInt(Move::stable)
                .filter(number -> number < before.stable())
                .max()
                .orElseThrow(() -> new Conflict("no revision before " + before.stable() + " was ever for all devices; name one with --to"));
    }

    private Outcome move(Channels before, Channels after, Move.Action action, Author author, boolean checked, Consumer<Gate.Progress> progress) {
        Revision revision = revision(after.profile(), after.stable());
        Facts facts = new Facts(after.profile(), author);
        int tried = checked
                ? pass(profiles.get(after.profile(), after.stable()), newlyOf(Optional.of(before), after, after.stable()), facts, progress)
                : 0;
        Move move = move(after, action, author);
        Facts all = checked ? facts.with(revision, after) : facts.with(revision, after).with("unchecked", "true");
        store.move(before.version(), move, all.done(action == Move.Action.PROMOTED ? "profile.promoted" : "profile.rolled-back", move.at()));
        profiles.forget(after.profile());
        return new Outcome(revision, after, false, tried, List.of());
    }

    private Move move(Channels after, Move.Action action, Author author) {
        return new Move(after.profile(), clock.instant(), action, author, after.stable(), after.canary());
    }

    /** @throws NotFound if there is no such profile */
    public Channels get(String profile) {
        return store.channels(profile).orElseThrow(() -> new NotFound("there is no such profile"));
    }

    /** @throws NotFound if there is none of this number */
    public Revision revision(String profile, int number) {
        return store.revision(profile, number).orElseThrow(() -> new NotFound("the profile has no revision " + number));
    }

    private static Predicate<Device> newlyOf(Optional<Channels> before, Channels after, int revision) {
        return device -> after.revisionFor(device.id()) == revision
                && before.filter(channels -> channels.revisionFor(device.id()) == revision).isEmpty();
    }

    /** @return for how many devices it was tried */
    private int pass(AvailableProfile candidate, Predicate<Device> affected, Facts facts, Consumer<Gate.Progress> progress) {
        Gate.Verdict verdict = gate.check(candidate, affected, progress);
        if (verdict.done().refused() > 0) {
            throw refused(new ConfigInvalid(verdict.findings()), facts.with("devices", Integer.toString(verdict.done().refused())));
        }
        return verdict.done().tried();
    }

    private ConfigInvalid refused(ConfigInvalid cause, Facts facts) {
        audit.store(facts.refused("profile.refused", clock.instant())).join();
        return cause;
    }

    /** What an audit event says. */
    private record Facts(Author author, Map<String, String> facts) {

        Facts(String profile, Author author) {
            this(author, Map.of("profile", profile, "comment", author.comment()));
        }

        Facts with(String name, String value) {
            Map<String, String> more = new LinkedHashMap<>(facts);
            more.put(name, value);
            return new Facts(author, more);
        }

        Facts with(Revision revision, Channels channels) {
            Facts more = with("revision", Integer.toString(revision.number()))
                    .with("hash", revision.hash().toHex())
                    .with("stable", Integer.toString(channels.stable()));
            return channels.canary().map(canary -> more.with("canary", canary.revision() + " at " + canary.percent() + " %")).orElse(more);
        }

        AuditEvent done(String id, Instant at) {
            return new AuditEvent(id, at, author.name(), Optional.empty(), AuditEvent.Outcome.DONE, "", facts);
        }

        AuditEvent refused(String id, Instant at) {
            return AuditEvent.refused(id, at, author.name(), Optional.empty(), "config-invalid", facts);
        }
    }
}
