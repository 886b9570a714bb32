package dev.slipway.admin;

import dev.slipway.audit.AuditEvent;
import dev.slipway.audit.AuditLog;
import dev.slipway.fdo.key.OwnerKeys;
import dev.slipway.fdo.key.PrivateKeyPem;
import dev.slipway.fdo.key.PublicKeyPem;
import dev.slipway.fdo.key.SigningKey;
import dev.slipway.fdo.type.PublicKey;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The keys by which devices are ours. Private halves come in and never go out. */
@Path("/api/v1/owner-keys")
@RunOnVirtualThread
@Produces("application/json")
public final class OwnerKeyResource {

    private final OwnerKeys keys;
    private final AuditLog audit;
    private final Clock clock;

    public OwnerKeyResource(OwnerKeys keys, AuditLog audit, Clock clock) {
        this.keys = keys;
        this.audit = audit;
        this.clock = clock;
    }

    /** @param pem the public half */
    public record View(String type, String fingerprint, String pem) {

        private static View of(PublicKey key) {
            return new View(key.type().name(), key.fingerprint(), PublicKeyPem.encode(key));
        }
    }

    @GET
    public List<View> list() {
        return keys.list().stream().map(View::of).toList();
    }

    /** @param pem a private key, PKCS#8 */
    @POST
    @Consumes("*/*")
    public View add(String pem) {
        SigningKey key = PrivateKeyPem.decode(pem);
        if (keys.find(key.publicKey()).isEmpty()) {
            // Before the key: none comes in that the auditor does not learn of.
            Waiting.join(audit.store(imported(key.publicKey())));
        }
        keys.add(key);
        return View.of(key.publicKey());
    }

    private AuditEvent imported(PublicKey key) {
        return new AuditEvent(
                "owner-key.imported",
                clock.instant(),
                VoucherResource.OPERATOR,
                Optional.empty(),
                AuditEvent.Outcome.DONE,
                "",
                Map.of("key", key.fingerprint()));
    }
}
