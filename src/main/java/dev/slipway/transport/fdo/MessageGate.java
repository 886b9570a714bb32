package dev.slipway.transport.fdo;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * What every message passes on its way in, and leaves when its answer is out. It bounds how many are in at once; when the service goes, it
 * lets nobody in any more and waits for those inside.
 */
@Singleton
public final class MessageGate {

    static final int MAX_MESSAGES_AT_ONCE = 1_024;

    private final Semaphore room = new Semaphore(MAX_MESSAGES_AT_ONCE);
    private volatile boolean closed;

    /** Whether the message may be handled; if so, {@link #leave} follows. */
    boolean enter() {
        return !closed && room.tryAcquire();
    }

    void leave() {
        room.release();
    }

    /**
     * Refuses new messages from now on, and waits until those inside are answered. The room of all of them is taken and kept, so a message
     * that saw the gate open either is waited for or finds no room.
     *
     * @return whether all were answered in time
     */
    public boolean closeAndDrain(Duration limit) throws InterruptedException {
        closed = true;
        return room.tryAcquire(MAX_MESSAGES_AT_ONCE, limit.toMillis(), TimeUnit.MILLISECONDS);
    }
}
