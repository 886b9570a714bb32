package dev.slipway.admin;

import io.quarkus.runtime.configuration.MemorySize;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
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
    private static final int TOO_LARGE = 413;
    private static final int MAX_DROPPED_BODIES = 16;

    private final TokenFilter filter;
    private final long maxOctets;

    BodyLimit(TokenFilter filter, @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize max) {
        this.filter = filter;
        this.maxOctets = max.asLongValue();
    }

    void close(@Observes Router router) {
        router.route(ALL).order(BEFORE_THE_FRAMEWORK).handler(this::refuse);
        router.route(ALL)
                .order(BEFORE_THE_FRAMEWORK + 1)
                .handler(BodyHandler.create(false).setBodyLimit(maxOctets))
                .failureHandler(this::refuseUnannounced);
    }

    private void refuse(RoutingContext routing) {
        HttpServerRequest request = routing.request();
        String length = request.getHeader("Content-Length");
        boolean tooLong = length != null && Long.parseLong(length) > maxOctets;
        filter.refusal(request, request.getHeader("Authorization"))
                .or(() -> tooLong ? Optional.of(tooLarge("a body of " + length + " octets")) : Optional.empty())
                .ifPresentOrElse(problem -> send(routing, problem), routing::next);
    }

    /** A body without a length is counted as it comes. */
    private void refuseUnannounced(RoutingContext routing) {
        if (routing.statusCode() == TOO_LARGE && !routing.response().ended()) {
            send(routing, tooLarge("a longer body"));
        } else {
            routing.next();
        }
    }

    private Problem tooLarge(String what) {
        return Problem.of(TOO_LARGE, "too-large", "over a limit").because(what + ", at most " + maxOctets + " are taken; send less at once");
    }

    /** What is on its way is let in and dropped, within reason: who is cut off while he sends does not read the answer. */
    private void send(RoutingContext routing, Problem problem) {
        AtomicLong dropped = new AtomicLong();
        HttpServerRequest request = routing.request();
        request.handler(octets -> {
            if (dropped.addAndGet(octets.length()) > MAX_DROPPED_BODIES * maxOctets) {
                request.connection().close();
            }
        });
        problem.send(routing.response());
    }
}
