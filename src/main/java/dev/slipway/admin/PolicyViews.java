package dev.slipway.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.attestation.ReferenceImage;
import dev.slipway.failure.Failure.ConfigInvalid;
import dev.slipway.policy.PolicyEditor;
import dev.slipway.policy.PolicyRevision;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Policies, as the API shows them. */
public final class PolicyViews {

    private PolicyViews() {}

    /**
     * A revision, without what is in it.
     *
     * @param images that it lists; none in a history
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Summary(String name, int revision, String hash, String author, String comment, Instant createdAt, List<String> images) {

        static Summary of(PolicyRevision revision) {
            return of(revision, images(revision));
        }

        /** As one of many, which are not read for this. */
        static Summary ofHistory(PolicyRevision revision) {
            return of(revision, List.of());
        }

        private static Summary of(PolicyRevision revision, List<String> images) {
            return new Summary(
                    revision.policy(), revision.number(), revision.hash().toHex(), revision.author(), revision.comment(), revision.createdAt(), images);
        }

        private static List<String> images(PolicyRevision revision) {
            try {
                return revision.read().policy().images().stream().map(ReferenceImage::name).toList();
            } catch (ConfigInvalid unreadable) {
                return List.of();
            }
        }
    }

    /**
     * @param inForce the latest revision, or the one that was asked for
     * @param contents of it, as given
     * @param revisions all of them, newest first
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Policy(Summary inForce, String contents, List<Summary> revisions) {

        static Policy of(PolicyRevision shown, List<PolicyRevision> all) {
            return new Policy(
                    Summary.of(shown), new String(shown.contents().toArray(), StandardCharsets.UTF_8), all.stream().map(Summary::ofHistory).toList());
        }
    }

    /** @param next absent on the last page */
    public record Page(List<Summary> policies, Optional<String> next) {}

    /**
     * @param unchanged whether it was in force before
     * @param warnings what its author should look at
     * @param tried how many devices it was tried for that were let in before
     * @param refused those of them that would be refused if they booted the same again
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Applied(Summary policy, boolean unchanged, List<FindingView> warnings, int tried, List<Refused> refused) {

        /** @param finding the first of what is wrong */
        public record Refused(String device, FindingView finding) {}

        static Applied of(PolicyEditor.Outcome outcome) {
            return new Applied(
                    Summary.of(outcome.revision()),
                    outcome.unchanged(),
                    outcome.warnings().stream().map(FindingView::of).toList(),
                    outcome.tried().devices(),
                    outcome.tried().refused().stream().map(refused -> new Refused(refused.device(), FindingView.of(refused.finding()))).toList());
        }
    }
}
