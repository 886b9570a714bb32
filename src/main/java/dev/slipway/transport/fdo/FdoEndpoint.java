package dev.slipway.transport.fdo;

import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure.Busy;
import dev.slipway.failure.Failure.TooLarge;
import dev.slipway.fdo.key.TpmPolicy;
import dev.slipway.fdo.message.MessageType;
import dev.slipway.transport.Hop;
import dev.slipway.transport.ManufacturingNetworks;
import dev.slipway.transport.MessageGate;
import dev.slipway.transport.Peer;
import dev.slipway.transport.Stations;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * {@code POST /fdo/101/msg/{n}}: reads a request on the event loop, has it answered on a virtual thread, and replies on the event loop. What
 * needs no storage is answered on the event loop itself.
 *
 * <p>The same below {@code /station/{token}} initialises devices for a factory station.
 *
 * <p>Every answer below {@code /fdo/101/msg/} is an FDO message, errors included, with just the headers that clients need: one of them has
 * room for 1,024 octets of headers.
 *
 * @see "FIDO Device Onboard 1.1, Message Transport"
 */
@Singleton
final class FdoEndpoint {

    private static final int PAYLOAD_TOO_LARGE = 413;
    /** Most requests are for this: no other route is to look at them. */
    private static final int FIRST = -10;
    /** Encoded once. */
    private static final CharSequence AUTHORIZATION = HttpHeaders.createOptimized("Authorization");
    private static final CharSequence CONTENT_TYPE = HttpHeaders.createOptimized("Content-Type");
    private static final CharSequence MESSAGE_TYPE = HttpHeaders.createOptimized("Message-Type");
    private static final CharSequence CBOR = HttpHeaders.createOptimized("application/cbor");
    private static final String STATION = "station";
    private static final String MESSAGES = "/fdo/101/msg/";
    private static final int MAX_DIGITS = 5;
    /** Answered from their session alone: nothing is read from storage or written there. */
    private static final Set<MessageType> OF_THEIR_SESSION =
            EnumSet.of(MessageType.TO1_PROVE_TO_RV, MessageType.TO2_GET_OV_NEXT_ENTRY, MessageType.TO2_DEVICE_SERVICE_INFO_READY);

    private final int maxBodyOctets;
    private final MessageGate gate;
    private final Conversation conversation;
    private final Refusals refusals;
    private final ManufacturingNetworks networks;
    private final Stations stations;
    private final TpmPolicy tpm;
    private final Hop hop;

    FdoEndpoint(
            TransportLimits limits,
            MessageGate gate,
            Conversation conversation,
            Refusals refusals,
            ManufacturingNetworks networks,
            Stations stations,
            TpmPolicy tpm,
            Hop hop) {
        this.maxBodyOctets = limits.bodyOctets();
        this.gate = gate;
        this.conversation = conversation;
        this.refusals = refusals;
        this.networks = networks;
        this.stations = stations;
        this.tpm = tpm;
        this.hop = hop;
    }

    void register(@Observes Router router) {
        // Most requests come here: a prefix takes less time to match than an expression.
        serve(router.route(MESSAGES + "*"));
        serve(router.routeWithRegex("/station/(?<station>[A-Za-z0-9_-]{1,128})" + MESSAGES + ".*"));
        router.route("/fdo/*").handler(context -> end(context, 404));
        router.route("/station/*").handler(context -> end(context, 404));
    }

    private void serve(Route route) {
        Handler<RoutingContext> bodyReader = BodyHandler.create(false).setBodyLimit(maxBodyOctets);
        route.order(FIRST).handler(routing -> admit(routing, bodyReader)).handler(this::receive).failureHandler(this::refuse);
    }

    private static void admit(RoutingContext routing, Handler<RoutingContext> bodyReader) {
        HttpServerRequest request = routing.request();
        if (!isNumber(afterPrefix(routing))) {
            end(routing, 404);
        } else if (request.method() != HttpMethod.POST) {
            end(routing, 405);
        } else {
            ignoreExpectation(request);
            bodyReader.handle(routing);
        }
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.length() <= MAX_DIGITS && text.chars().allMatch(digit -> digit >= '0' && digit <= '9');
    }

    private static void end(RoutingContext routing, int status) {
        routing.response().setStatusCode(status).end();
    }

    /** Clients that ask for an interim answer read it in place of the final one: they get the final one only. */
    private static void ignoreExpectation(HttpServerRequest request) {
        request.headers().remove("Expect");
    }

    private void receive(RoutingContext routing) {
        InetAddress peer = Peer.address(routing.request());
        if (!gate.enter(peer)) {
            send(routing, refusal(routing, new Busy(gate.reason())));
            return;
        }
        int number = number(routing);
        Supplier<FdoReply> work = () -> conversation.answer(request(routing, number, peer));
        Function<RuntimeException, FdoReply> refuse = failure -> refusal(routing, failure);
        Function<FdoReply, Future<Void>> send = reply -> send(routing, reply);
        Runnable leave = () -> gate.leave(peer);
        if (needsSessionOnly(routing, number)) {
            hop.answerAtOnce(routing, work, refuse, send, leave);
        } else {
            hop.answer(routing, work, refuse, send, leave);
        }
    }

    private static boolean needsSessionOnly(RoutingContext routing, int number) {
        return routing.pathParam(STATION) == null
                && MessageType.ofNumber(number).filter(OF_THEIR_SESSION::contains).isPresent();
    }

    private FdoRequest request(RoutingContext routing, int number, InetAddress peer) {
        Buffer body = routing.body().buffer();
        Optional<Stations.Station> station = Optional.ofNullable(routing.pathParam(STATION)).flatMap(stations::find);
        return new FdoRequest(
                number,
                Optional.ofNullable(routing.request().getHeader(AUTHORIZATION)),
                Optional.ofNullable(routing.request().getHeader(CONTENT_TYPE)),
                body == null ? Bytes.EMPTY : Bytes.owning(body.getBytes()),
                station.map(known -> Access.INITIALIZE_ONLY).orElseGet(() -> access(routing, peer)),
                station.flatMap(Stations.Station::tpm).orElse(tpm),
                peer.getHostAddress());
    }

    /** The plain path opens device initialisation to this machine and listed networks; the path of a station that is none, nothing. */
    private Access access(RoutingContext routing, InetAddress peer) {
        if (routing.pathParam(STATION) != null) {
            return Access.NONE;
        }
        return networks.contain(peer) ? Access.ALL : Access.ALL_BUT_INITIALIZE;
    }

    private static int number(RoutingContext routing) {
        return Integer.parseInt(afterPrefix(routing));
    }

    private static String afterPrefix(RoutingContext routing) {
        String path = routing.normalizedPath();
        return path.substring(path.indexOf(MESSAGES) + MESSAGES.length());
    }

    private void refuse(RoutingContext routing) {
        RuntimeException cause = routing.statusCode() == PAYLOAD_TOO_LARGE
                ? new TooLarge("body of more than " + maxBodyOctets + " octets")
                : new IllegalStateException("request failed with " + routing.statusCode(), routing.failure());
        send(routing, refusal(routing, cause));
    }

    private FdoReply refusal(RoutingContext routing, RuntimeException cause) {
        int number = number(routing);
        String peer = Peer.address(routing.request()).getHostAddress();
        return FdoReply.of(refusals.record(peer, number, MessageType.ofNumber(number), Optional.empty(), cause), Optional.empty());
    }

    private static Future<Void> send(RoutingContext routing, FdoReply reply) {
        HttpServerResponse response = routing.response();
        response.setStatusCode(reply.status());
        reply.token().ifPresent(token -> response.putHeader(AUTHORIZATION, token.toHeader()));
        reply.messageNumber().ifPresent(number -> {
            response.putHeader(CONTENT_TYPE, CBOR);
            response.putHeader(MESSAGE_TYPE, Integer.toString(number));
        });
        return response.end(Buffer.buffer(reply.body().toArray()));
    }
}
