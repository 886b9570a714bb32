package dev.slipway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.attestation.Booted;
import dev.slipway.attestation.PcrValues;
import dev.slipway.attestation.firstboot.InForce;
import dev.slipway.audit.AuditEvent;
import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Finding;
import dev.slipway.tpm.Pcr;
import dev.slipway.tpm.TpmHash;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CurrentPoliciesTest {

    private static final Booted BOOTED = new Booted(
            PcrValues.of(Map.of(new Pcr(TpmHash.TPM_ALG_SHA256, 4), Bytes.fromHex("5a".repeat(32)))), Optional.empty(), List.of());

    private final MemoryPolicies store = new MemoryPolicies();
    private final CurrentPolicies policies = new CurrentPolicies(store);

    private void apply(String yaml) {
        Bytes contents = Bytes.owning(yaml.getBytes(StandardCharsets.UTF_8));
        store.add(new PolicyRevision("p", store.revisions("p").size() + 1, Bytes.EMPTY, "ann", "", Instant.EPOCH, contents), null);
    }

    private static String allowing(String octet) {
        return "name: p\npcrs: sha256:4\nimages: [{version: v" + octet + ", pcrs: {4: " + octet.repeat(32) + "}}]";
    }

    @Test
    void judgesByTheLatestRevision() {
        apply(allowing("5a"));
        InForce first = policies.named("p");
        assertThat(first.name()).isEqualTo("p revision 1");
        assertThat(first.rule().findings(BOOTED)).isEmpty();
        assertThat(first.image().apply(BOOTED)).contains("image v5a");
        assertThat(policies.named("p").rule()).as("read once").isSameAs(first.rule());
        apply(allowing("5b"));
        assertThat(policies.named("p").name()).isEqualTo("p revision 2");
        assertThat(policies.named("p").rule().findings(BOOTED)).hasSize(1);
    }

    /** Whoever cannot be judged gets nothing. */
    @Test
    void letsNothingPassWithoutThePolicyOrWhereItIsNotUnderstood() {
        assertThat(policies.named("p").rule().findings(BOOTED)).extracting(Finding::message).containsExactly(
                "the device's profile names the policy 'p', which there is not; ./slipway policy apply puts it in force");
        apply("name: p\npcrs: sha256:4\nof-a-later-version: x");
        assertThat(policies.named("p").rule().findings(BOOTED)).extracting(Finding::message)
                .containsExactly("this version does not understand the policy any more; apply it anew");
        assertThat(policies.named("p").image().apply(BOOTED)).isEmpty();
        apply(allowing("5a"));
        assertThat(policies.named("p").rule().findings(BOOTED)).isEmpty();
    }

    private static final class MemoryPolicies implements PolicyStore {

        private final List<PolicyRevision> all = new ArrayList<>();

        @Override
        public Optional<PolicyRevision> latest(String policy) {
            return revisions(policy).stream().findFirst();
        }

        @Override
        public Optional<PolicyRevision> revision(String policy, int number) {
            return revisions(policy).stream().filter(revision -> revision.number() == number).findFirst();
        }

        @Override
        public List<PolicyRevision> revisions(String policy) {
            return all.reversed().stream().filter(revision -> revision.policy().equals(policy)).toList();
        }

        @Override
        public List<PolicyRevision> list(Optional<String> after, int limit) {
            return List.of();
        }

        @Override
        public void add(PolicyRevision revision, AuditEvent event) {
            all.add(revision);
        }
    }
}
