package dev.slipway.fdo.to1;

import dev.slipway.failure.Failure.NotFound;
import dev.slipway.fdo.message.To1;
import dev.slipway.fdo.rendezvous.RendezvousBlob;
import dev.slipway.fdo.rendezvous.RendezvousRepository;
import dev.slipway.fdo.session.Step;
import dev.slipway.fdo.type.Nonce;
import dev.slipway.fdo.type.RandomSource;
import java.time.Clock;

/** TO1.HelloRV (30) → TO1.HelloRVAck (31). */
final class HelloRvHandler {

    private final RendezvousRepository blobs;
    private final RandomSource random;
    private final Clock clock;

    HelloRvHandler(RendezvousRepository blobs, RandomSource random, Clock clock) {
        this.blobs = blobs;
        this.random = random;
        this.clock = clock;
    }

    Step open(To1.HelloRv message) {
        message.eaSigInfo().requireKnownType();
        // An unknown GUID is said so here, not after the proof: devices then go on to their next server at once.
        RendezvousBlob blob = blobs.find(message.guid(), clock.instant())
                .orElseThrow(() -> new NotFound("no owner is registered for " + message.guid()));
        Nonce nonceTo1Proof = Nonce.random(random);
        return new Step(
                new To1State.HelloAcknowledged(blob, nonceTo1Proof), new To1.HelloRvAck(nonceTo1Proof, message.eaSigInfo()));
    }
}
