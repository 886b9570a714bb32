package dev.slipway.transport.attest;

import dev.slipway.attestation.enrollment.EnrollmentRequest;
import dev.slipway.attestation.enrollment.EnrollmentService;
import dev.slipway.attestation.firstboot.BootEvidence;
import dev.slipway.attestation.firstboot.BootIdentity;
import dev.slipway.attestation.firstboot.BootService;
import dev.slipway.bytes.Bytes;
import dev.slipway.bytes.SecretBytes;
import dev.slipway.failure.Failure.Busy;
import dev.slipway.failure.Failure.TooLarge;
import dev.slipway.fdo.type.Guid;
import dev.slipway.ignition.PointerConfig;
import dev.slipway.transport.ChallengeRate;
import dev.slipway.transport.Hop;
import dev.slipway.transport.MessageGate;
import dev.slipway.transport.Peer;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * {@code POST /attest/v1/…}: reads a request on the event loop, has it answered on a virtual thread, and replies on the event loop. What is
 * a factory line's is also below {@code /station/{token}}.
 */
@Singleton
final class AttestEndpoint {

    private static final String STATION = "/station/(?<station>[A-Za-z0-9_-]{1,128})";
    private static final String ENROLLMENTS = "/attest/v1/enrollments";
    private static final String CHALLENGES = "/attest/v1/challenges";
    private static final String PROOF = ENROLLMENTS + "/(?<id>[0-9a-f]{32})/proof";
    /** Six certificates, three keys and a certificate request, in base64. */
    private static final int MAX_ENROLLMENT_OCTETS = 96 * 1024;
    private static final int MAX_PROOF_OCTETS = 16 * 1024;
    private static final int MAX_CHALLENGE_OCTETS = 1024;
    /** With both logs. */
    private static final int MAX_EVIDENCE_OCTETS = 384 * 1024;
    /** Evidence is read into memory before it is known whose it is: so much at once, and so much of one peer. */
    private static final int EVIDENCE_AT_ONCE = 48;
    private static final int EVIDENCE_OF_ONE_PEER = 8;
    /** What a device finds in the pointer config in the place of its ticket, which it has to open first. */
    static final String TICKET = "@TICKET@";
    private static final int PAYLOAD_TOO_LARGE = 413;
    /** Before the 404 of what is below {@code /station}. */
    private static final int BEFORE_FDO = -1;
    private static final String CONTENT_TYPE = "Content-Type";
    private static final String RETRY_AFTER = "Retry-After";

    private final MessageGate gate;
    private final MessageGate evidenceGate = new MessageGate(EVIDENCE_AT_ONCE, EVIDENCE_OF_ONE_PEER);
    private final Hop hop;
    private final FactoryAccess factory;
    private final EnrollmentService enrollments;
    private final BootService boots;
    private final PointerConfig pointer;
    private final Refusals refusals;
    private final ChallengeRate rate;
    private final Clock clock;

    AttestEndpoint(
            MessageGate gate,
            Hop hop,
            FactoryAccess factory,
            EnrollmentService enrollments,
            BootService boots,
            PointerConfig pointer,
            Refusals refusals,
            ChallengeRate rate,
            Clock clock) {
        this.gate = gate;
        this.hop = hop;
        this.factory = factory;
        this.enrollments = enrollments;
        this.boots = boots;
        this.pointer = pointer;
        this.refusals = refusals;
        this.rate = rate;
        this.clock = clock;
    }

    /** A request whose body is there. */
    private record Request(RoutingContext routing, String peer, String contentType, Bytes body) {

        Optional<String> parameter(String name) {
            return Optional.ofNullable(routing.pathParam(name));
        }

        Parts parts() {
            return PartsReader.read(contentType, body);
        }
    }

    /** Answers one kind of request; {@code seen} is told whom it is about, as soon as that is known. */
    @FunctionalInterface
    private interface Work {
        Reply answer(Request request, About seen);
    }

    /** Whom a request is about, for those who are told of its refusal. */
    private static final class About {
        private Optional<Guid> guid = Optional.empty();
    }

    void register(@Observes Router router) {
        for (String prefix : List.of("", STATION)) {
            router.postWithRegex(prefix + ENROLLMENTS).order(BEFORE_FDO - 2).handler(routing -> admitAsker(routing, Asker.STATION));
            post(router, prefix + ENROLLMENTS, MAX_ENROLLMENT_OCTETS, Asker.STATION, this::begin);
            post(router, prefix + PROOF, MAX_PROOF_OCTETS, Asker.STATION, this::prove);
        }
        router.post(CHALLENGES).order(BEFORE_FDO - 2).handler(routing -> admitAsker(routing, Asker.DEVICE));
        post(router, CHALLENGES, MAX_CHALLENGE_OCTETS, Asker.DEVICE, this::challenge);
        router.post("/attest/v1/evidence").order(BEFORE_FDO - 2).handler(this::admitEvidence);
        post(router, "/attest/v1/evidence", MAX_EVIDENCE_OCTETS, Asker.DEVICE, this::attest);
        router.route("/attest/*").handler(routing -> routing.response().setStatusCode(404).end());
    }

    private void post(Router router, String path, int maxOctets, Asker asker, Work work) {
        router.postWithRegex(path).order(BEFORE_FDO - 1).handler(AttestEndpoint::keepForms);
        router.postWithRegex(path)
                .order(BEFORE_FDO)
                .handler(BodyHandler.create(false).setBodyLimit(maxOctets))
                .handler(routing -> receive(routing, asker, work))
                .failureHandler(routing -> refuse(routing, asker, maxOctets));
        router.routeWithRegex(path).order(BEFORE_FDO).handler(routing -> routing.response().setStatusCode(405).putHeader("Allow", "POST").end());
    }

    /** Before the body is read. Whoever answers a challenge that he was given is not asked to wait. */
    private void admitAsker(RoutingContext routing, Asker asker) {
        String peer = Peer.address(routing.request()).getHostAddress();
        Duration wait = rate.take(peer, clock.instant());
        if (wait.isZero()) {
            routing.next();
            return;
        }
        AttestError error = refusals.record(asker, peer, Optional.empty(), new Busy(rate.reason())).ofOnePeer();
        routing.response().putHeader(RETRY_AFTER, Long.toString(Math.max(AttestError.RETRY_SECONDS, wait.plusSeconds(1).toSeconds())));
        send(routing, reply(error));
    }

    /** Before the body is read; it is left when all is answered, or the peer is gone. */
    private void admitEvidence(RoutingContext routing) {
        InetAddress peer = Peer.address(routing.request());
        if (!evidenceGate.enter(peer)) {
            Busy busy = new Busy("more than " + EVIDENCE_AT_ONCE + " devices send evidence at once, or " + EVIDENCE_OF_ONE_PEER + " of one peer");
            send(routing, refusal(Asker.DEVICE, peer.getHostAddress(), Optional.empty(), busy));
            return;
        }
        routing.addEndHandler(ended -> evidenceGate.leave(peer));
        routing.next();
    }

    /** The framework would take a form apart, and write its files to disk: it is shown another type. */
    private static void keepForms(RoutingContext routing) {
        HttpServerRequest request = routing.request();
        routing.put(CONTENT_TYPE, Optional.ofNullable(request.getHeader(CONTENT_TYPE)).orElse(""));
        request.headers().set(CONTENT_TYPE, "application/octet-stream");
        routing.next();
    }

    private void receive(RoutingContext routing, Asker asker, Work work) {
        InetAddress peer = Peer.address(routing.request());
        if (!gate.enter(peer)) {
            send(routing, refusal(asker, peer.getHostAddress(), Optional.empty(), new Busy(gate.reason())));
            return;
        }
        Buffer body = routing.body().buffer();
        Bytes octets = body == null ? Bytes.EMPTY : Bytes.owning(body.getBytes());
        Request request = new Request(routing, peer.getHostAddress(), routing.get(CONTENT_TYPE), octets);
        About about = new About();
        hop.answer(
                routing,
                () -> work.answer(request, about),
                failure -> refusal(asker, request.peer(), about.guid, failure),
                reply -> send(routing, reply),
                () -> gate.leave(peer));
    }

    private Reply begin(Request request, About about) {
        factory.require(request.routing().request(), request.parameter("station"));
        EnrollmentRequest asked = EnrollmentMessages.request(request.parts());
        about.guid = asked.guid();
        return EnrollmentMessages.challenge(enrollments.begin(asked));
    }

    private Reply prove(Request request, About about) {
        factory.require(request.routing().request(), request.parameter("station"));
        Bytes id = EnrollmentMessages.id(request.parameter("id").orElseThrow());
        about.guid = enrollments.guid(id);
        return EnrollmentMessages.enrolled(enrollments.prove(id, EnrollmentMessages.proof(request.parts())));
    }

    private Reply challenge(Request request, About about) {
        BootIdentity identity = BootMessages.identity(request.parts());
        about.guid = identity instanceof BootIdentity.OfGuid of ? Optional.of(of.guid()) : Optional.empty();
        return BootMessages.challenge(boots.challenge(identity, request.peer()));
    }

    private Reply attest(Request request, About about) {
        BootEvidence evidence = BootMessages.evidence(request.parts());
        about.guid = boots.guid(evidence.session());
        BootService.Released released = boots.attest(evidence);
        SecretBytes template = pointer.with("Bearer " + TICKET).octets();
        return BootMessages.released(released, pointer.configUrl(), template.slice(0, template.length()));
    }

    private void refuse(RoutingContext routing, Asker asker, int maxOctets) {
        RuntimeException cause = routing.statusCode() == PAYLOAD_TOO_LARGE
                ? new TooLarge("body of more than " + maxOctets + " octets")
                : new IllegalStateException("request failed with " + routing.statusCode(), routing.failure());
        send(routing, refusal(asker, Peer.address(routing.request()).getHostAddress(), Optional.empty(), cause));
    }

    private Reply refusal(Asker asker, String peer, Optional<Guid> guid, RuntimeException cause) {
        return reply(refusals.record(asker, peer, guid, cause));
    }

    private static Reply reply(AttestError error) {
        return new Reply(error.status()).with("error", error.code()).with("detail", error.phrase());
    }

    private static Future<Void> send(RoutingContext routing, Reply reply) {
        boolean cbor = Optional.ofNullable(routing.request().getHeader("Accept")).orElse("").contains(Reply.CBOR);
        HttpServerResponse response = routing.response();
        response.setStatusCode(reply.status()).putHeader("Cache-Control", "no-store").putHeader(CONTENT_TYPE, cbor ? Reply.CBOR : Reply.JSON);
        if (AttestError.isBusy(reply.status()) && !response.headers().contains(RETRY_AFTER)) {
            response.putHeader(RETRY_AFTER, Integer.toString(AttestError.RETRY_SECONDS));
        }
        return response.end(Buffer.buffer(reply.encode(cbor).toArray()));
    }
}
