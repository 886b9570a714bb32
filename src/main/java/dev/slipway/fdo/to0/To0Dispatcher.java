package dev.slipway.fdo.to0;

import dev.slipway.fdo.message.To0;
import dev.slipway.fdo.rendezvous.RegistrationVerifier;
import dev.slipway.fdo.rendezvous.RendezvousRepository;
import dev.slipway.fdo.session.Exchange;
import dev.slipway.fdo.session.Step;
import dev.slipway.fdo.type.Nonce;
import dev.slipway.fdo.type.RandomSource;
import jakarta.inject.Singleton;
import java.time.Clock;

/** The rendezvous service's side of TO0: which message is answered in which state. */
@Singleton
public final class To0Dispatcher {

    private final OwnerSignHandler ownerSign;
    private final RandomSource random;

    public To0Dispatcher(RegistrationVerifier verifier, RendezvousRepository blobs, RandomSource random, Clock clock) {
        this.ownerSign = new OwnerSignHandler(verifier, blobs, clock);
        this.random = random;
    }

    public Step handle(Exchange exchange, To0.FromOwner message) {
        return switch (message) {
            case To0.Hello m -> hello();
            case To0.OwnerSign m -> ownerSign.register(exchange.in(To0State.HelloAcknowledged.class), m);
        };
    }

    private Step hello() {
        Nonce nonceTo0Sign = Nonce.random(random);
        return new Step(new To0State.HelloAcknowledged(nonceTo0Sign), new To0.HelloAck(nonceTo0Sign));
    }
}
