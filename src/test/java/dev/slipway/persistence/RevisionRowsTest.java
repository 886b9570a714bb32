package dev.slipway.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.audit.AuditEvent;
import dev.slipway.audit.Author;
import dev.slipway.failure.Failure;
import dev.slipway.ignition.ProfileContents;
import dev.slipway.ignition.rollout.Canary;
import dev.slipway.ignition.rollout.ContentStore;
import dev.slipway.ignition.rollout.Move;
import dev.slipway.ignition.rollout.Revision;
import dev.slipway.ignition.rollout.StagedContents;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;
import org.junit.jupiter.api.Test;

/** Revisions and channels on a real database. */
@QuarkusTest
@TestProfile(DatabaseProfile.class)
class RevisionRowsTest {

    private static final Instant NOW = Instant.parse("2026-11-26T01:00:00Z");
    private static final Author AUTHOR = new Author("operator", "why");

    @Inject
    RevisionRows rows;

    @Inject
    ContentStore contents;

    @Inject
    SessionFactory sessions;

    private StagedContents staged(String large) throws IOException {
        ContentStore.Staging staging = contents.begin();
        staging.file("parameters.yaml", false, new ByteArrayInputStream("[]".getBytes(StandardCharsets.UTF_8)));
        staging.file("files/sub/large", true, new ByteArrayInputStream(large.repeat(20_000).getBytes(StandardCharsets.UTF_8)));
        staging.link("files/link", "sub/large");
        return staging.finish();
    }

    private static Move move(String profile, int stable, Optional<Canary> canary) {
        return new Move(profile, NOW, Move.Action.APPLIED, AUTHOR, stable, canary);
    }

    private static AuditEvent event(String profile) {
        return new AuditEvent("profile.applied", NOW, "operator", Optional.empty(), AuditEvent.Outcome.DONE, "", Map.of("profile", profile));
    }

    private Revision add(String profile, int number, String large) throws IOException {
        StagedContents staged = staged(large);
        Revision revision = new Revision(profile, number, staged.manifest().sha256(), "operator", "why", NOW);
        rows.add(revision, staged, number - 1, move(profile, number, Optional.empty()), event(profile));
        return revision;
    }

    private long count(String entity, String profile) {
        try (StatelessSession session = sessions.openStatelessSession()) {
            return session.createSelectionQuery("select count(*) from " + entity + " where profile = :profile", Long.class)
                    .setParameter("profile", profile)
                    .getSingleResult();
        }
    }

    @Test
    void givesBackWhatWasAdded() throws IOException {
        Revision revision = add("one", 1, "a");
        assertThat(rows.revision("one", 1)).contains(revision);
        assertThat(rows.revision("one", revision.hash())).contains(revision);
        assertThat(rows.revision("two", revision.hash())).isEmpty();
        assertThat(rows.revisions("one")).containsExactly(revision);
        assertThat(rows.channels("one").orElseThrow().stable()).isEqualTo(1);
        assertThat(rows.moves("one", 10)).containsExactly(move("one", 1, Optional.empty()));
        ProfileContents stored = rows.contents("one", 1);
        assertThat(stored.manifest().sha256()).isEqualTo(revision.hash());
        assertThat(stored.open("parameters.yaml").read(0, 2).toArray()).isEqualTo("[]".getBytes(StandardCharsets.UTF_8));
        assertThat(stored.open("files/sub/large").length()).isEqualTo(20_000);
        assertThat(stored.open("files/sub/large").sha384().length()).isEqualTo(48);
        assertThat(stored.open("files/sub/large").read(19_999, 1).at(0)).isEqualTo('a');
        assertThatThrownBy(() -> stored.open("files/sub")).isInstanceOf(Failure.NotFound.class);
        assertThatThrownBy(() -> stored.open("files/link")).isInstanceOf(Failure.NotFound.class);
    }

    @Test
    void movesTheChannelsForTheOneWhoSawThem() throws IOException {
        add("moved", 1, "a");
        add("moved", 2, "b");
        Canary canary = new Canary(2, 30);
        rows.move(2, move("moved", 1, Optional.of(canary)), event("moved"));
        assertThat(rows.channels("moved").orElseThrow().canary()).contains(canary);
        assertThatThrownBy(() -> rows.move(2, move("moved", 2, Optional.empty()), event("moved"))).isInstanceOf(Failure.Conflict.class);
        assertThat(rows.channels("moved").orElseThrow().version()).isEqualTo(3);
        assertThat(count("ProfileMoveEntity", "moved")).isEqualTo(3);
    }

    /** Nothing of a revision stays that came too late. */
    @Test
    void addsNothingForTheOneWhoCameTooLate() throws IOException {
        add("late", 1, "a");
        StagedContents staged = staged("b");
        Revision late = new Revision("late", 2, staged.manifest().sha256(), "operator", "why", NOW);
        assertThatThrownBy(() -> rows.add(late, staged, 0, move("late", 2, Optional.empty()), event("late"))).isInstanceOf(Failure.Conflict.class);
        assertThat(count("ProfileRevisionEntity", "late")).isEqualTo(1);
        assertThat(count("ProfileEntryEntity", "late")).isEqualTo(4);
        assertThat(count("ProfileMoveEntity", "late")).isEqualTo(1);
    }
}
