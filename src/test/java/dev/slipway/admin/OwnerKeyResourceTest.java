package dev.slipway.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.audit.AuditEvent;
import dev.slipway.audit.AuditLog;
import dev.slipway.failure.Failure.Busy;
import dev.slipway.failure.Failure.Conflict;
import dev.slipway.fdo.VoucherFixture;
import dev.slipway.fdo.key.OwnerKeys;
import dev.slipway.fdo.key.SigningKey;
import dev.slipway.fdo.type.KeyType;
import dev.slipway.fdo.type.PublicKey;
import java.security.KeyPair;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A key comes in, and the auditor learns of it. */
class OwnerKeyResourceTest {

    private final List<SigningKey> taken = new ArrayList<>();
    private final List<AuditEvent> events = new ArrayList<>();
    private CompletableFuture<Void> stored = CompletableFuture.completedFuture(null);

    private final OwnerKeys keys = new OwnerKeys() {
        @Override
        public SigningKey of(KeyType type) {
            throw new AssertionError("nobody signs here");
        }

        @Override
        public Optional<SigningKey> find(PublicKey publicKey) {
            return taken.stream().filter(key -> key.publicKey().sameKeyAs(publicKey)).findFirst();
        }

        @Override
        public List<PublicKey> list() {
            return taken.stream().map(SigningKey::publicKey).toList();
        }

        @Override
        public void add(SigningKey key) {
            if (find(key.publicKey()).isPresent()) {
                throw new Conflict("here already");
            }
            taken.add(key);
        }
    };

    private final AuditLog audit = new AuditLog() {
        @Override
        public boolean append(AuditEvent event) {
            throw new AssertionError("may be left out under a flood");
        }

        @Override
        public CompletableFuture<Void> store(AuditEvent event) {
            events.add(event);
            return stored;
        }
    };

    private final OwnerKeyResource resource = new OwnerKeyResource(keys, audit, Clock.systemUTC());

    private static String pem(KeyPair pair) {
        return "-----BEGIN PRIVATE KEY-----\n" + Base64.getMimeEncoder().encodeToString(pair.getPrivate().getEncoded()) + "\n-----END PRIVATE KEY-----\n";
    }

    @Test
    void takesInAKeyAndTellsTheAuditorWhich() {
        KeyPair pair = VoucherFixture.key("secp256r1");
        resource.add(pem(pair));
        assertThat(taken).singleElement().satisfies(key -> assertThat(key.publicKey().key()).isEqualTo(pair.getPublic()));
        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.id()).isEqualTo("owner-key.imported");
            assertThat(event.outcome()).isEqualTo(AuditEvent.Outcome.DONE);
            assertThat(event.facts()).containsEntry("key", PublicKey.of(pair.getPublic()).fingerprint());
        });
    }

    @Test
    void takesInNoKeyThatTheAuditorDoesNotLearnOf() {
        stored = CompletableFuture.failedFuture(new Busy("too much waits"));
        assertThatThrownBy(() -> resource.add(pem(VoucherFixture.key("secp256r1")))).isInstanceOf(Busy.class);
        assertThat(taken).isEmpty();
    }

    @Test
    void tellsNothingOfAKeyThatIsHereAlready() {
        String pem = pem(VoucherFixture.key("secp256r1"));
        resource.add(pem);
        assertThatThrownBy(() -> resource.add(pem)).isInstanceOf(Conflict.class);
        assertThat(events).hasSize(1);
    }
}
