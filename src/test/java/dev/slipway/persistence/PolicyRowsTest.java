package dev.slipway.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.audit.Author;
import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure.ConfigInvalid;
import dev.slipway.failure.Failure.Conflict;
import dev.slipway.failure.Failure.Invalid;
import dev.slipway.policy.PolicyEditor;
import dev.slipway.policy.PolicyRevision;
import dev.slipway.policy.PolicyStore;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.hibernate.SessionFactory;
import org.junit.jupiter.api.Test;

/** Policies on a real database. */
@QuarkusTest
@TestProfile(DatabaseProfile.class)
class PolicyRowsTest {

    @Inject
    PolicyStore store;

    @Inject
    PolicyEditor editor;

    @Inject
    SessionFactory sessions;

    private static Bytes policy(String name, String octet) {
        return Bytes.owning(("name: " + name + "\npcrs: sha256:4\nimages: [{version: v" + octet + ", pcrs: {4: " + octet.repeat(32) + "}}]\n")
                .getBytes(StandardCharsets.UTF_8));
    }

    private PolicyEditor.Outcome apply(String name, String octet) {
        return editor.apply(name, policy(name, octet), new Author("ann", "because\n of " + octet), false);
    }

    @Test
    void keepsEveryRevisionAsItWasGiven() {
        assertThat(store.latest("rows")).isEmpty();
        assertThat(apply("rows", "5a").revision().number()).isEqualTo(1);
        assertThat(apply("rows", "5b").unchanged()).isFalse();
        assertThat(apply("rows", "5b").unchanged()).isTrue();
        PolicyRevision back = apply("rows", "5a").revision();
        assertThat(back.number()).as("going back is a revision, too").isEqualTo(3);
        assertThat(store.latest("rows")).contains(back);
        assertThat(store.revisions("rows")).extracting(PolicyRevision::number).containsExactly(3, 2, 1);
        assertThat(store.revision("rows", 2).orElseThrow().contents()).isEqualTo(policy("rows", "5b"));
        assertThat(store.revision("rows", 4)).isEmpty();
        assertThat(back.author()).isEqualTo("ann");
        assertThat(back.comment()).isEqualTo("because  of 5a");
        assertThat(back.hash()).isEqualTo(store.revision("rows", 1).orElseThrow().hash());
        assertThat(back.read().policy().images().getFirst().name()).isEqualTo("image v5a");
    }

    @Test
    void listsPoliciesByNameWithWhatIsInForce() {
        for (String name : List.of("list-b", "list-a", "list-c")) {
            apply(name, "01");
        }
        apply("list-b", "02");
        assertThat(store.list(Optional.of("list-"), 2)).extracting(PolicyRevision::label).containsExactly("list-a revision 1", "list-b revision 2");
        assertThat(store.list(Optional.of("list-b"), 1)).extracting(PolicyRevision::label).containsExactly("list-c revision 1");
    }

    @Test
    void writesAnEventWithEachRevision() {
        apply("event", "01");
        apply("event", "01");
        try (var session = sessions.openStatelessSession()) {
            List<AuditEventEntity> events = session
                    .createSelectionQuery("from AuditEventEntity where event = 'policy.applied'", AuditEventEntity.class)
                    .getResultList().stream().filter(event -> event.facts.toString().contains("policy=event")).toList();
            assertThat(events).singleElement().satisfies(event -> {
                assertThat(event.actor).isEqualTo("ann");
                assertThat(event.facts.toString()).contains("revision=1").contains("images=image v01");
            });
        }
    }

    @Test
    void refusesWhatIsNotThePolicyOrCannotBeQuoted() {
        assertThatThrownBy(() -> editor.apply("other", policy("mine", "01"), new Author("ann", ""), false)).isInstanceOf(Invalid.class).hasMessageContaining("'mine'");
        assertThatThrownBy(() -> editor.apply("x", Bytes.EMPTY, new Author("ann", ""), false)).isInstanceOf(ConfigInvalid.class);
        Bytes elsewhere = Bytes.owning("name: x\npcrs: sha256:4,14\nimages: [{version: 1, pcrs: {4: %s, 14: %1$s}}]"
                .formatted("5a".repeat(32)).getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> editor.apply("x", elsewhere, new Author("ann", ""), false))
                .isInstanceOf(Invalid.class)
                .hasMessage("devices quote sha256:0,2,4,7,9,11, and the policy is about sha256:14 as well; add it to slipway.tpm.pcrs, or leave it out");
        assertThat(store.latest("x")).isEmpty();
        PolicyRevision first = apply("raced", "01").revision();
        assertThatThrownBy(() -> store.add(first, null)).isInstanceOf(Conflict.class);
    }
}
