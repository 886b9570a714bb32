package dev.slipway.fdo.to0;

import dev.slipway.audit.AuditEvent;
import dev.slipway.fdo.message.To0;
import dev.slipway.fdo.rendezvous.RegistrationVerifier;
import dev.slipway.fdo.rendezvous.RendezvousBlob;
import dev.slipway.fdo.rendezvous.RendezvousRepository;
import dev.slipway.fdo.session.Finished;
import dev.slipway.fdo.session.Step;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** TO0.OwnerSign (22) → TO0.AcceptOwner (23): registers where an owner waits for its device. */
final class OwnerSignHandler {

    private final RegistrationVerifier verifier;
    private final RendezvousRepository blobs;
    private final Clock clock;

    OwnerSignHandler(RegistrationVerifier verifier, RendezvousRepository blobs, Clock clock) {
        this.verifier = verifier;
        this.blobs = blobs;
        this.clock = clock;
    }

    Step register(To0State.HelloAcknowledged state, To0.OwnerSign message) {
        Instant now = clock.instant();
        RendezvousBlob blob = verifier.verify(message.to0d(), message.to1d(), state.nonceTo0Sign(), now);
        long waitSeconds = Duration.between(now, blob.expiresAt().orElseThrow()).toSeconds();
        AuditEvent event = AuditEvent.done(
                "to0.registered",
                now,
                "owner",
                blob.guid().toString(),
                Map.of("waitSeconds", Long.toString(waitSeconds), "owners", Integer.toString(blob.ownerPath().size() - 1)));
        blobs.register(blob, event);
        return new Step(new Finished(Optional.of(blob.guid())), new To0.AcceptOwner(waitSeconds));
    }
}
