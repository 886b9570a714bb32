package dev.slipway.transport.ignition;

import dev.slipway.failure.Failure.Busy;
import dev.slipway.failure.Failure.Forbidden;
import dev.slipway.failure.Failure.Internal;
import dev.slipway.failure.Failure;
import dev.slipway.ignition.ProfileRevision;
import dev.slipway.ignition.RenderedConfig;
import dev.slipway.ignition.ticket.ConfigAnswer;
import dev.slipway.ignition.ticket.ConfigRequest.Consumer;
import dev.slipway.ignition.ticket.ConfigRequest;
import dev.slipway.ignition.ticket.ConfigService;
import dev.slipway.ignition.ticket.TicketToken;
import dev.slipway.transport.Hop;
import dev.slipway.transport.MessageGate;
import dev.slipway.transport.Peer;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * {@code GET /ignition/v1/config} and {@code POST /ignition/v1/done}: reads a request on the event loop, has it answered on a virtual
 * thread, and replies on the event loop.
 */
@Singleton
final class IgnitionEndpoint {

    private static final Logger LOG = Logger.getLogger(IgnitionEndpoint.class);
    private static final String CONFIG = "/ignition/v1/config";
    private static final String DONE = "/ignition/v1/done";
    private static final String MEDIA_TYPE = "application/vnd.coreos.ignition+json;version=";
    /** As long as Ignition waits by itself. */
    private static final String RETRY_SECONDS = "5";
    /** Of a completion report, which has nothing to say. */
    private static final int MAX_BODY_OCTETS = 1024;

    private final MessageGate gate;
    private final Hop hop;
    private final ConfigService service;
    private final Refusals refusals;

    IgnitionEndpoint(MessageGate gate, Hop hop, ConfigService service, Refusals refusals) {
        this.gate = gate;
        this.hop = hop;
        this.service = service;
        this.refusals = refusals;
    }

    /** @param config what is sent with {@link IgnitionStatus#OK} */
    private record Reply(IgnitionStatus status, Optional<RenderedConfig> config) {

        static Reply of(IgnitionStatus status) {
            return new Reply(status, Optional.empty());
        }
    }

    void register(@Observes Router router) {
        List.of(CONFIG, DONE).forEach(path -> router.route(path).handler(IgnitionEndpoint::refuseChunks));
        router.get(CONFIG).handler(routing -> config(routing, false));
        router.head(CONFIG).handler(routing -> config(routing, true));
        router.route(CONFIG).handler(routing -> refuseMethod(routing, "GET, HEAD"));
        router.post(DONE).handler(BodyHandler.create(false).setBodyLimit(MAX_BODY_OCTETS)).handler(this::done).failureHandler(this::refuseBody);
        router.route(DONE).handler(routing -> refuseMethod(routing, "POST"));
    }

    /**
     * No client has reason to send a body in chunks here. Whoever does, and names a length beside it, sends one request to a proxy and two to
     * us: the connection ends at once, before the second is looked at (RFC 9112, Transfer-Encoding).
     */
    private static void refuseChunks(RoutingContext routing) {
        if (routing.request().headers().contains("Transfer-Encoding")) {
            routing.request().connection().close();
        } else {
            routing.next();
        }
    }

    private void config(RoutingContext routing, boolean lookOnly) {
        HttpServerRequest request = routing.request();
        Consumer consumer = consumer(request);
        ConfigRequest asked = new ConfigRequest(ticket(request), accept(request), lookOnly, consumer);
        answer(routing, consumer, () -> switch (service.serve(asked)) {
            case ConfigAnswer.Given given -> {
                log(asked, given);
                yield new Reply(IgnitionStatus.OK, Optional.of(given.config()));
            }
            case ConfigAnswer.Refused refused -> Reply.of(refusals.record(refused, consumer));
        });
    }

    /** The hash is the one in the device's journal. */
    private static void log(ConfigRequest asked, ConfigAnswer.Given given) {
        LOG.infof(
                "config %s: guid=%s profile=%s revision=%s version=%s octets=%d sha512=%s address=%s accept=\"%s\" userAgent=\"%s\"",
                asked.lookOnly() ? "looked at" : "given",
                given.guid(),
                names(given, ProfileRevision::profile),
                names(given, ProfileRevision::shortHash),
                given.config().version().text(),
                given.config().octets().length(),
                given.config().sha512(),
                asked.consumer().address(),
                Peer.printable(asked.accept().orElse("")),
                asked.consumer().userAgent());
    }

    /** Of several profiles, lowest first, each. */
    private static String names(ConfigAnswer.Given given, Function<ProfileRevision, String> name) {
        return given.revisions().stream().map(name).collect(Collectors.joining(","));
    }

    private void done(RoutingContext routing) {
        HttpServerRequest request = routing.request();
        Consumer consumer = consumer(request);
        Optional<TicketToken> ticket = ticket(request);
        answer(routing, consumer, () -> Reply.of(service.report(ticket, consumer)
                .map(refused -> refusals.record(refused, consumer))
                .orElse(IgnitionStatus.NO_CONTENT)));
    }

    private void answer(RoutingContext routing, Consumer consumer, Supplier<Reply> work) {
        if (!Peer.isPrivate(routing.request().isSSL(), Peer.address(routing.request()))) {
            send(routing, refusal(consumer, new Forbidden("a ticket was shown over plain HTTP, where others can read it; use HTTPS")));
        } else if (!gate.enter()) {
            send(routing, refusal(consumer, new Busy(gate.reason())));
        } else {
            hop.answer(
                    routing,
                    work,
                    failure -> refusal(consumer, new Internal("unexpected failure", failure)),
                    reply -> send(routing, reply),
                    gate::leave);
        }
    }

    private Reply refusal(Consumer consumer, Failure cause) {
        return Reply.of(refusals.record(new ConfigAnswer.Refused(Optional.empty(), cause), consumer));
    }

    private static Consumer consumer(HttpServerRequest request) {
        return new Consumer(Peer.address(request).getHostAddress(), Peer.printable(Optional.ofNullable(request.getHeader("User-Agent")).orElse("")));
    }

    /** Of two, nobody can say which is meant: that is none. */
    private static Optional<TicketToken> ticket(HttpServerRequest request) {
        List<String> shown = request.headers().getAll("Authorization");
        return shown.size() == 1 ? TicketToken.fromHeader(shown.get(0)) : Optional.empty();
    }

    private static Optional<String> accept(HttpServerRequest request) {
        List<String> headers = request.headers().getAll("Accept");
        return headers.isEmpty() ? Optional.empty() : Optional.of(String.join(",", headers));
    }

    private void refuseMethod(RoutingContext routing, String allowed) {
        routing.response().putHeader("Allow", allowed);
        send(routing, Reply.of(IgnitionStatus.METHOD_NOT_ALLOWED));
    }

    private void refuseBody(RoutingContext routing) {
        IgnitionStatus tooLarge = IgnitionStatus.PAYLOAD_TOO_LARGE;
        send(routing, Reply.of(routing.statusCode() == tooLarge.code() ? tooLarge : IgnitionStatus.SERVICE_UNAVAILABLE));
    }

    private static Future<Void> send(RoutingContext routing, Reply reply) {
        HttpServerResponse response = routing.response();
        response.setStatusCode(reply.status().code()).putHeader("Cache-Control", "no-store").putHeader("Vary", "Accept");
        if (reply.status() == IgnitionStatus.SERVICE_UNAVAILABLE) {
            response.putHeader("Retry-After", RETRY_SECONDS);
        }
        Buffer body = reply.config().map(config -> Buffer.buffer(config.octets().toArray())).orElseGet(() -> Buffer.buffer(reply.status().phrase()));
        if (reply.config().isPresent()) {
            response.putHeader("Content-Type", MEDIA_TYPE + reply.config().get().version().text());
        } else if (body.length() > 0) {
            response.putHeader("Content-Type", "text/plain");
        }
        if (routing.request().method() == HttpMethod.HEAD) {
            response.putHeader("Content-Length", Integer.toString(body.length()));
            return response.end();
        }
        return response.end(body);
    }
}
