package dev.slipway.transport;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * What every message passes on its way in, and leaves when its answer is out. It bounds how many are in at once, of all and of one peer; when
 * the service goes, it lets nobody in any more and waits for those inside.
 */
public final class MessageGate {

    private final int limit;
    private final int limitPerPeer;
    private final Semaphore room;
    private final Map<InetAddress, Integer> perPeer = new ConcurrentHashMap<>();
    private volatile boolean closed;

    public MessageGate(int limit, int limitPerPeer) {
        this.limit = limit;
        this.limitPerPeer = limitPerPeer;
        this.room = new Semaphore(limit);
    }

    /** Whether the message may be handled, whoever sent it; if so, {@link #leave()} follows. */
    public boolean enter() {
        return !closed && room.tryAcquire();
    }

    public void leave() {
        room.release();
    }

    /** Whether the message may be handled; if so, {@link #leave(InetAddress)} follows. */
    public boolean enter(InetAddress peer) {
        if (!enter()) {
            return false;
        }
        if (perPeer.merge(peer, 1, Integer::sum) > limitPerPeer) {
            leave(peer);
            return false;
        }
        return true;
    }

    public void leave(InetAddress peer) {
        perPeer.computeIfPresent(peer, (who, count) -> count == 1 ? null : count - 1);
        leave();
    }

    /** Why it lets nobody in, for the operator. */
    public String reason() {
        return closed
                ? "the service is going"
                : "more than " + limit + " messages at once, or " + limitPerPeer + " of one peer; see slipway.limits";
    }

    /**
     * Refuses new messages from now on, and waits until those inside are answered. The room of all of them is taken and kept, so a message
     * that saw the gate open either is waited for or finds no room.
     *
     * @return whether all were answered in time
     */
    public boolean closeAndDrain(Duration time) throws InterruptedException {
        closed = true;
        return room.tryAcquire(limit, time.toMillis(), TimeUnit.MILLISECONDS);
    }
}
