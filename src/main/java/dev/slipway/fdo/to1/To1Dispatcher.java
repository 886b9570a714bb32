package dev.slipway.fdo.to1;

import dev.slipway.fdo.message.To1;
import dev.slipway.fdo.rendezvous.RendezvousRepository;
import dev.slipway.fdo.session.Exchange;
import dev.slipway.fdo.session.Step;
import dev.slipway.fdo.type.RandomSource;
import jakarta.inject.Singleton;
import java.time.Clock;

/** The rendezvous service's side of TO1: which message is answered in which state. */
@Singleton
public final class To1Dispatcher {

    private final HelloRvHandler helloRv;
    private final ProveToRvHandler proveToRv = new ProveToRvHandler();

    public To1Dispatcher(RendezvousRepository blobs, RandomSource random, Clock clock) {
        this.helloRv = new HelloRvHandler(blobs, random, clock);
    }

    public Step handle(Exchange exchange, To1.FromDevice message) {
        return switch (message) {
            case To1.HelloRv m -> helloRv.open(m);
            case To1.ProveToRv m -> proveToRv.redirect(exchange.in(To1State.HelloAcknowledged.class), m);
        };
    }
}
