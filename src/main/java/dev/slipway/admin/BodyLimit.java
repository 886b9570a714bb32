package dev.slipway.admin;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.impl.RoutingContextInternal;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Refuses bodies that are too long for the API, and says so in the form of all problems: the framework by itself says nothing. */
@Singleton
final class BodyLimit {

    private static final String ALL = "/api*";
    private static final int BEFORE_THE_FRAMEWORK = -1_000;
    private static final int TOO_LARGE = 413;
    private static final int MAX_DROPPED_BODIES = 16;

    /** Archives and tables, which are never whole in memory; their readers bound them. */
    private static final Pattern STREAMED = Pattern.compile("/api/v1/profiles/[^/]+/(revisions|diff)|" + TableResource.PATH);

    private final TokenFilter filter;
    private final long maxOctets;
    private final BodyHandler whole;

    BodyLimit(TokenFilter filter, @ConfigProperty(name = "slipway.limits.api-octets") long maxOctets) {
        this.filter = filter;
        this.maxOctets = maxOctets;
        this.whole = BodyHandler.create(false).setBodyLimit(maxOctets);
    }

    void close(@Observes Router router) {
        router.route(ALL).order(BEFORE_THE_FRAMEWORK).handler(this::refuse);
        router.route(ALL)
                .order(BEFORE_THE_FRAMEWORK + 1)
                .handler(this::read)
                .failureHandler(this::refuseUnannounced);
    }

    /**
     * A request without a body has an empty one at once: its end may come before somebody waits for it. One that is read as it comes waits for
     * its reader.
     */
    private void read(RoutingContext routing) {
        if (!hasBody(routing.request())) {
            ((RoutingContextInternal) routing).setBody(Buffer.buffer());
            routing.next();
        } else if (isStreamed(routing)) {
            routing.request().pause();
            routing.next();
        } else {
            whole.handle(routing);
        }
    }

    private static boolean hasBody(HttpServerRequest request) {
        String length = request.getHeader("Content-Length");
        return length == null ? request.headers().contains("Transfer-Encoding") : Long.parseLong(length) > 0;
    }

    private static boolean isStreamed(RoutingContext routing) {
        return STREAMED.matcher(routing.normalizedPath()).matches();
    }

    private void refuse(RoutingContext routing) {
        HttpServerRequest request = routing.request();
        String length = request.getHeader("Content-Length");
        boolean tooLong = length != null && !isStreamed(routing) && Long.parseLong(length) > maxOctets;
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
