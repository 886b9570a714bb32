package dev.slipway.transport.fdo;

import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure.Forbidden;
import dev.slipway.failure.Failure.Malformed;
import dev.slipway.failure.Failure.OutOfSequence;
import dev.slipway.failure.Failure.SessionUnknown;
import dev.slipway.fdo.kex.MessageProtection;
import dev.slipway.fdo.kex.SessionKeys;
import dev.slipway.fdo.key.TpmPolicy;
import dev.slipway.fdo.message.FdoMessage;
import dev.slipway.fdo.message.MessageCodec;
import dev.slipway.fdo.message.MessageType;
import dev.slipway.fdo.session.Answer;
import dev.slipway.fdo.session.Exchange;
import dev.slipway.fdo.session.Session;
import dev.slipway.fdo.session.SessionLimits;
import dev.slipway.fdo.session.SessionState;
import dev.slipway.fdo.session.SessionStore;
import dev.slipway.fdo.session.SessionToken;
import dev.slipway.fdo.session.Step;
import dev.slipway.fdo.type.Guid;
import dev.slipway.fdo.type.Hash;
import dev.slipway.fdo.type.HashType;
import dev.slipway.fdo.type.RandomSource;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * One message, from octets to answer: its session is claimed, it is opened, read and handled, and the session moves on with the answer.
 * A message that is refused leaves its session as it was; so many of them end it.
 */
@Singleton
final class Conversation {

    private static final String CBOR = "application/cbor";

    private final ServedProtocols served;
    private final Protocols protocols;
    private final SessionStore sessions;
    private final SessionLimits limits;
    private final TransportLimits transport;
    private final RandomSource random;
    private final Refusals refusals;

    Conversation(
            ServedProtocols served,
            Protocols protocols,
            SessionStore sessions,
            SessionLimits limits,
            TransportLimits transport,
            RandomSource random,
            Refusals refusals) {
        this.served = served;
        this.protocols = protocols;
        this.sessions = sessions;
        this.limits = limits;
        this.transport = transport;
        this.random = random;
        this.refusals = refusals;
    }

    /** The answer, whatever happens. */
    FdoReply answer(FdoRequest request) {
        if (request.messageNumber() == MessageType.ERROR) {
            return end(request);
        }
        Optional<MessageType> type = MessageType.ofNumber(request.messageNumber());
        Optional<SessionToken> token = type.filter(MessageType::opens).isPresent() ? Optional.empty() : token(request);
        try {
            return accept(request, type.orElseThrow(() -> new Malformed("message number " + request.messageNumber() + " is not known")), token);
        } catch (Refusal e) {
            return FdoReply.of(refusals.record(request.peer(), request.messageNumber(), type, e.guid(), e.cause()), token);
        } catch (RuntimeException e) {
            return FdoReply.of(refusals.record(request.peer(), request.messageNumber(), type, Optional.empty(), e), token);
        }
    }

    private FdoReply accept(FdoRequest request, MessageType type, Optional<SessionToken> token) {
        if (!type.fromClient()) {
            throw new OutOfSequence(type + " is not sent to a service");
        }
        if (request.contentType().filter(Conversation::isCbor).isEmpty()) {
            throw new Malformed("content type is not " + CBOR);
        }
        served.require(type);
        if (!request.access().allows(type)) {
            throw new Forbidden(type + " is not accepted from there; see slipway.manufacturer.networks and ./slipway station");
        }
        return type.opens()
                ? open(type, request)
                : goOn(type, request.body(), token.orElseThrow(() -> new SessionUnknown(type + " without a token")));
    }

    private static boolean isCbor(String contentType) {
        int parameters = contentType.indexOf(';');
        return CBOR.equalsIgnoreCase((parameters < 0 ? contentType : contentType.substring(0, parameters)).strip());
    }

    private static Optional<SessionToken> token(FdoRequest request) {
        return request.authorization().flatMap(SessionToken::fromHeader);
    }

    private FdoReply open(MessageType type, FdoRequest request) {
        sessions.admit(request.peer());
        Bytes body = request.body();
        Step step = handle(type, new Exchange(Optional.empty(), request.tpm(), body));
        Answer answer = answer(type, hash(body), step, Optional.empty());
        SessionToken token = sessions.open(Session.opened(type.protocol(), request.peer(), step.next(), answer));
        return FdoReply.of(answer.type(), token, answer.body());
    }

    private FdoReply goOn(MessageType type, Bytes body, SessionToken token) {
        try (SessionStore.Claim claim = sessions.claim(token)) {
            Session session = claim.session();
            Hash hash = hash(body);
            if (session.last().answers(type, hash)) {
                return FdoReply.of(session.last().type(), token, session.last().body());
            }
            if (session.protocol() != type.protocol() || session.finished()) {
                throw new SessionUnknown("token of a " + session.protocol() + " session that " + type + " does not belong to");
            }
            return goOn(type, body, hash, token, claim);
        }
    }

    private FdoReply goOn(MessageType type, Bytes body, Hash hash, SessionToken token, SessionStore.Claim claim) {
        Session session = claim.session();
        try {
            Exchange exchange = new Exchange(Optional.of(session.state()), TpmPolicy.NONE, clear(type, body, session.state()));
            Step step = handle(type, exchange);
            Answer answer = answer(type, hash, step, session.state().keys());
            claim.moveOn(session.after(step.next(), answer));
            return FdoReply.of(answer.type(), token, answer.body());
        } catch (RuntimeException e) {
            Session refused = session.afterRefusal();
            if (refused.refusals() < limits.refusals()) {
                claim.moveOn(refused);
            } else {
                claim.end();
            }
            throw new Refusal(session.state().guid(), e);
        }
    }

    private Step handle(MessageType type, Exchange exchange) {
        transport.requireNesting(exchange.received());
        return protocols.handle(exchange, (FdoMessage.FromClient) MessageCodec.decode(type, exchange.received()));
    }

    private static Bytes clear(MessageType type, Bytes body, SessionState state) {
        if (!type.encrypted()) {
            return body;
        }
        SessionKeys keys = state.keys().orElseThrow(() -> new OutOfSequence(type + " before there are keys"));
        return MessageProtection.decrypt(keys, body);
    }

    /**
     * @param hash of the request as it came
     * @param before the keys that the session had; SetupDevice is the first answer under new ones, Done2 the last under old ones
     */
    private Answer answer(MessageType request, Hash hash, Step step, Optional<SessionKeys> before) {
        MessageType type = step.reply().type();
        Bytes clear = step.reply().encode();
        Bytes reply = type.encrypted()
                ? MessageProtection.encrypt(step.next().keys().or(() -> before).orElseThrow(), clear, random)
                : clear;
        return new Answer(request, hash, type, reply);
    }

    private static Hash hash(Bytes body) {
        return HashType.SHA256.hash(body);
    }

    /** The peer gave up. What it says is noted, and its session ends. */
    private FdoReply end(FdoRequest request) {
        try {
            Optional<SessionState> state = token(request).map(this::end);
            refusals.recordPeerError(request.peer(), request.body(), state.flatMap(SessionState::guid));
        } catch (RuntimeException e) {
            refusals.record(request.peer(), MessageType.ERROR, Optional.empty(), Optional.empty(), e);
        }
        return FdoReply.empty();
    }

    private SessionState end(SessionToken token) {
        try (SessionStore.Claim claim = sessions.claim(token)) {
            claim.end();
            return claim.session().state();
        }
    }

    /** A failure, and the device it was about. */
    private static final class Refusal extends RuntimeException {
        private final transient Optional<Guid> guid;
        private final RuntimeException cause;

        private Refusal(Optional<Guid> guid, RuntimeException cause) {
            super(null, cause, false, false);
            this.guid = guid;
            this.cause = cause;
        }

        private Optional<Guid> guid() {
            return guid;
        }

        private RuntimeException cause() {
            return cause;
        }
    }
}
