package dev.slipway.transport.fdo;

import dev.slipway.fdo.di.DiDispatcher;
import dev.slipway.fdo.message.Di;
import dev.slipway.fdo.message.FdoMessage;
import dev.slipway.fdo.message.To0;
import dev.slipway.fdo.message.To1;
import dev.slipway.fdo.message.To2;
import dev.slipway.fdo.session.Exchange;
import dev.slipway.fdo.session.Step;
import dev.slipway.fdo.to0.To0Dispatcher;
import dev.slipway.fdo.to1.To1Dispatcher;
import dev.slipway.fdo.to2.To2Dispatcher;
import jakarta.inject.Singleton;

/** The four protocols, side by side. */
@Singleton
final class Protocols {

    private final DiDispatcher di;
    private final To0Dispatcher to0;
    private final To1Dispatcher to1;
    private final To2Dispatcher to2;

    Protocols(DiDispatcher di, To0Dispatcher to0, To1Dispatcher to1, To2Dispatcher to2) {
        this.di = di;
        this.to0 = to0;
        this.to1 = to1;
        this.to2 = to2;
    }

    Step handle(Exchange exchange, FdoMessage.FromClient message) {
        return switch (message) {
            case Di.FromDevice m -> di.handle(exchange, m);
            case To0.FromOwner m -> to0.handle(exchange, m);
            case To1.FromDevice m -> to1.handle(exchange, m);
            case To2.FromDevice m -> to2.handle(exchange, m);
        };
    }
}
