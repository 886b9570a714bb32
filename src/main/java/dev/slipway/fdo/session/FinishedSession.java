package dev.slipway.fdo.session;

import dev.slipway.bytes.Bytes;
import dev.slipway.fdo.message.MessageType;
import dev.slipway.fdo.message.Protocol;
import dev.slipway.fdo.type.Guid;
import dev.slipway.fdo.type.Hash;
import dev.slipway.fdo.type.HashType;
import java.util.Optional;

/**
 * A session that is over, as small as it can be kept: on a busy morning there are tens of thousands. Its octets are copied into one array, so
 * that the messages, of which its parts may be slices, go.
 */
final class FinishedSession {

    private final Protocol protocol;
    private final String peer;
    private final int refusals;
    private final MessageType requestType;
    private final HashType hashType;
    private final MessageType answerType;
    private final int guidOctets;
    /** GUID, hash of the request, answer. */
    private final Bytes octets;

    FinishedSession(Session session) {
        Answer last = session.last();
        protocol = session.protocol();
        peer = session.peer();
        refusals = session.refusals();
        requestType = last.requestType();
        hashType = last.request().type();
        answerType = last.type();
        Bytes guid = session.state().guid().map(Guid::value).orElse(Bytes.EMPTY);
        guidOctets = guid.length();
        octets = Bytes.concat(guid, last.request().value(), last.body());
    }

    Session session() {
        int answerAt = guidOctets + hashType.octets();
        Optional<Guid> guid = guidOctets == 0 ? Optional.empty() : Optional.of(new Guid(octets.slice(0, guidOctets)));
        Hash request = new Hash(hashType, octets.slice(guidOctets, answerAt));
        Answer last = new Answer(requestType, request, answerType, octets.slice(answerAt, octets.length()));
        return new Session(protocol, peer, new Finished(guid), last, refusals);
    }
}
