package dev.slipway.transport;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Supplier;

/** From the event loop, where a request was read, to a virtual thread, where it is answered, and back. */
@Singleton
public final class Hop {

    private final Vertx vertx;
    private final ExecutorService virtualThreads = Executors.newVirtualThreadPerTaskExecutor();

    Hop(Vertx vertx) {
        this.vertx = vertx;
    }

    /**
     * Has a request answered.
     *
     * @param work makes the answer
     * @param refuse makes it where that throws; if this does as well, the connection is closed
     * @param send sends the answer, on the event loop
     * @param leave done once in any case: when the answer is with the operating system, or the peer is gone
     */
    public <T> void answer(
            RoutingContext routing, Supplier<T> work, Function<RuntimeException, T> refuse, Function<T, Future<Void>> send, Runnable leave) {
        virtualThreads.execute(answering(routing, work, refuse, send, leave));
    }

    /** The same on the event loop, for work that only computes, a millisecond or two at most: the hop would take as long. */
    public <T> void answerAtOnce(
            RoutingContext routing, Supplier<T> work, Function<RuntimeException, T> refuse, Function<T, Future<Void>> send, Runnable leave) {
        answering(routing, work, refuse, send, leave).run();
    }

    private <T> Runnable answering(
            RoutingContext routing, Supplier<T> work, Function<RuntimeException, T> refuse, Function<T, Future<Void>> send, Runnable leave) {
        Context connection = vertx.getOrCreateContext();
        return () -> {
            boolean answered = false;
            try {
                T answer = answer(work, refuse);
                connection.runOnContext(done -> sendAndLeave(routing.response(), answer, send, leave));
                answered = true;
            } finally {
                if (!answered) {
                    leave.run();
                    connection.runOnContext(done -> routing.request().connection().close());
                }
            }
        };
    }

    private static <T> T answer(Supplier<T> work, Function<RuntimeException, T> refuse) {
        try {
            return work.get();
        } catch (RuntimeException e) {
            return refuse.apply(e);
        }
    }

    private static <T> void sendAndLeave(HttpServerResponse response, T answer, Function<T, Future<Void>> send, Runnable leave) {
        if (response.ended() || response.closed()) {
            leave.run();
            return;
        }
        send.apply(answer).onComplete(sent -> leave.run());
    }

    @PreDestroy
    void close() {
        virtualThreads.close();
    }
}
