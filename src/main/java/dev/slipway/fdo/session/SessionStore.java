package dev.slipway.fdo.session;

/** Keeps sessions between messages. They need not survive a restart: a device that lost its session starts again. */
public interface SessionStore {

    /**
     * Asked before any work is done for a new session. Sessions that were left alone for a while make room for it.
     *
     * @throws dev.slipway.failure.Failure.Busy if there are too many, of this peer or of all
     */
    void admit(String peer);

    SessionToken open(Session session);

    /**
     * Takes a session for one message; nobody else gets it until the claim is closed.
     *
     * @throws dev.slipway.failure.Failure.SessionUnknown if there is none, or it has expired
     * @throws dev.slipway.failure.Failure.Busy if another message of the session is being handled
     */
    Claim claim(SessionToken token);

    /** A session that is ours for the moment. Closing gives it back, as it was unless it was moved on or ended. */
    interface Claim extends AutoCloseable {

        Session session();

        void moveOn(Session next);

        void end();

        @Override
        void close();
    }
}
