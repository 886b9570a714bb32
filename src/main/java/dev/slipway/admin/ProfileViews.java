package dev.slipway.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.ignition.ConfigDifference;
import dev.slipway.ignition.rollout.Canary;
import dev.slipway.ignition.rollout.Channels;
import dev.slipway.ignition.rollout.Move;
import dev.slipway.ignition.rollout.Revision;
import dev.slipway.ignition.rollout.Rollout;
import dev.slipway.ignition.rollout.RolloutDiff;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Profiles as the API shows them. */
final class ProfileViews {

    private ProfileViews() {}

    /**
     * Which revisions devices get.
     *
     * @param percent of the devices that get the canary
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Summary(String name, int stable, Optional<Integer> canary, Optional<Integer> percent) {

        static Summary of(Channels channels) {
            return new Summary(
                    channels.profile(), channels.stable(), channels.canary().map(Canary::revision), channels.canary().map(Canary::percent));
        }
    }

    record RevisionView(int number, String hash, String author, String comment, Instant createdAt) {

        static RevisionView of(Revision revision) {
            return new RevisionView(revision.number(), revision.hash().toHex(), revision.author(), revision.comment(), revision.createdAt());
        }
    }

    /** @param revisions newest first */
    record Profile(Summary channels, List<RevisionView> revisions) {}

    /** @param stable the revision that it was after this */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record MoveView(Instant at, String action, String author, String comment, int stable, Optional<Integer> canary, Optional<Integer> percent) {

        static MoveView of(Move move) {
            return new MoveView(
                    move.at(), CheckView.word(move.action()), move.author().name(), move.author().comment(), move.stable(),
                    move.canary().map(Canary::revision), move.canary().map(Canary::percent));
        }
    }

    /** What came of a change. */
    record Outcome(Summary channels, RevisionView revision, boolean unchanged, int devices, List<FindingView> warnings) {

        static Outcome of(Rollout.Outcome outcome) {
            return new Outcome(
                    Summary.of(outcome.channels()), RevisionView.of(outcome.revision()), outcome.unchanged(), outcome.devices(),
                    outcome.warnings().stream().map(FindingView::of).toList());
        }
    }

    /**
     * What would be different.
     *
     * @param groups devices for which the same places are different
     * @param refused what some devices cannot have
     */
    record Diff(List<ConfigDifference> beside, List<RolloutDiff.Group> groups, int unchanged, List<FindingView> refused) {

        static Diff of(RolloutDiff.Result result) {
            return new Diff(result.beside(), result.groups(), result.unchanged(), result.refused().stream().map(FindingView::of).toList());
        }
    }
}
