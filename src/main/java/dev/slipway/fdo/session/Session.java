package dev.slipway.fdo.session;

import dev.slipway.fdo.message.Protocol;

/**
 * One run of a protocol with one peer.
 *
 * @param peer the address that it began from
 * @param refusals messages refused so far; each leaves everything else as it was
 */
public record Session(Protocol protocol, String peer, SessionState state, Answer last, int refusals) {

    /** A session that answered its first message. */
    public static Session opened(Protocol protocol, String peer, SessionState state, Answer first) {
        return new Session(protocol, peer, state, first, 0);
    }

    public Session after(SessionState next, Answer answer) {
        return new Session(protocol, peer, next, answer, refusals);
    }

    public Session afterRefusal() {
        return new Session(protocol, peer, state, last, refusals + 1);
    }

    /** What it keeps in memory. */
    int octets() {
        return state.octets() + last.body().length();
    }

    public boolean finished() {
        return state instanceof Finished;
    }
}
