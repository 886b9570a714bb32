package dev.slipway.admin;

import io.quarkus.runtime.configuration.MemorySize;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.impl.RoutingContextInternal;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Refuses bodies that are too long for the API, and says so in the form of all problems: the framework by itself says nothing. */
@Singleton
final class BodyLimit {

    private static final String ALL = "/api*";
    private static final int BEFORE_THE_FRAMEWORK = -1_000;
    private static final long MAX_OCTETS = 1 << 20;
    private static final int TOO_LARGE = 413;
    private static final int MAX_DROPPED_BODIES = 16;

    private final TokenFilter filter;
    private final long maxStreamedOctets;

    /** @param max of what is read as it comes; everything else is held in memory, and so is bounded here */
    BodyLimit(TokenFilter filter, @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize max) {
        this.filter = filter;
        this.maxStreamedOctets = max.asLongValue();
    }

    void close(@Observes Router router) {
        BodyHandler wholeBody = BodyHandler.create(false).setBodyLimit(MAX_OCTETS);
        router.route(ALL).order(BEFORE_THE_FRAMEWORK).handler(this::refuse);
        router.route(ALL)
                .order(BEFORE_THE_FRAMEWORK + 1)
                .handler(routing -> read(routing, wholeBody))
                .failureHandler(this::refuseUnannounced);
    }

    /**
     * A request without a body has an empty one at once: its end may come before somebody waits for it. One that is read as it comes waits for
     * its reader.
     */
    private static void read(RoutingContext routing, BodyHandler wholeBody) {
        if (!hasBody(routing.request())) {
            ((RoutingContextInternal) routing).setBody(Buffer.buffer());
            routing.next();
        } else if (isStreamed(routing)) {
            routing.request().pause();
            routing.next();
        } else {
            wholeBody.handle(routing);
        }
    }

    private static boolean hasBody(HttpServerRequest request) {
        String length = request.getHeader("Content-Length");
        return length == null ? request.headers().contains("Transfer-Encoding") : Long.parseLong(length) > 0;
    }

    private static boolean isStreamed(RoutingContext routing) {
        return routing.request().method() == HttpMethod.PUT && routing.normalizedPath().equals(TableResource.PATH);
    }

    private void refuse(RoutingContext routing) {
        long maxOctets = isStreamed(routing) ? maxStreamedOctets : MAX_OCTETS;
        HttpServerRequest request = routing.request();
        String length = request.getHeader("Content-Length");
        boolean tooLong = length != null && Long.parseLong(length) > maxOctets;
        filter.refusal(request, request.getHeader("Authorization"))
                .or(() -> tooLong ? Optional.of(tooLarge("a body of " + length + " octets", maxOctets)) : Optional.empty())
                .ifPresentOrElse(problem -> send(routing, problem), routing::next);
    }

    /** A body without a length is counted as it comes. */
    private void refuseUnannounced(RoutingContext routing) {
        if (routing.statusCode() == TOO_LARGE && !routing.response().ended()) {
            send(routing, tooLarge("a longer body", MAX_OCTETS));
        } else {
            routing.next();
        }
    }

    private static Problem tooLarge(String what, long maxOctets) {
        return Problem.of(TOO_LARGE, "too-large", "over a limit").because(what + ", at most " + maxOctets + " are taken; send less at once");
    }

    /** What is on its way is let in and dropped, within reason: who is cut off while he sends does not read the answer. */
    private void send(RoutingContext routing, Problem problem) {
        AtomicLong dropped = new AtomicLong();
        HttpServerRequest request = routing.request();
        request.handler(octets -> {
            if (dropped.addAndGet(octets.length()) > MAX_DROPPED_BODIES * MAX_OCTETS) {
                request.connection().close();
            }
        });
        problem.send(routing.response());
    }
}
