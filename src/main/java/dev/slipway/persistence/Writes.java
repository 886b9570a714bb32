package dev.slipway.persistence;

import dev.slipway.failure.Failure;
import dev.slipway.failure.Failure.Busy;
import dev.slipway.failure.Failure.Internal;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;
import org.jboss.logging.Logger;

/**
 * The only way to write. One thread takes whatever waits, does it in one transaction, and answers when that is committed and synced: a
 * group commit costs one sync for all of them.
 *
 * <p>Where one of a group fails, the group is rolled back and each is done again by itself, so that it fails alone. Works therefore have no
 * effect but on the database.
 */
@Singleton
public final class Writes {

    /** What to do in the transaction; it may be done more than once. */
    @FunctionalInterface
    public interface Work<T> {
        T in(StatelessSession session);
    }

    private static final Logger LOG = Logger.getLogger(Writes.class);
    private static final int MAX_WAITING = 4_096;
    private static final int MAX_GROUP = 256;
    private static final long IDLE_POLL_MILLISECONDS = 200;
    private static final long SHUTDOWN_MILLISECONDS = 5_000;

    private record Waiting<T>(Work<T> work, CompletableFuture<T> done) {

        T value(StatelessSession session) {
            return work.in(session);
        }
    }

    /** A work that has run in a transaction that is not committed yet. */
    private record Ran<T>(CompletableFuture<T> done, T value) {

        static <T> Ran<T> run(Waiting<T> waiting, StatelessSession session) {
            return new Ran<>(waiting.done(), waiting.value(session));
        }

        void committed() {
            done.complete(value);
        }
    }

    private final BlockingQueue<Waiting<?>> queue = new ArrayBlockingQueue<>(MAX_WAITING);
    private final SessionFactory sessions;
    private final Thread writer = Thread.ofPlatform().name("writer").daemon().unstarted(this::write);
    private volatile boolean stopping;

    public Writes(SessionFactory sessions) {
        this.sessions = sessions;
    }

    @PostConstruct
    void start() {
        writer.start();
    }

    /**
     * Does {@code work} in a transaction. When this returns, it is committed and on disk.
     *
     * @throws Failure what the work throws; {@link Busy} when too much waits; {@link Internal} when the database fails
     */
    public <T> T run(Work<T> work) {
        try {
            return submit(work).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof Failure failure ? failure : new Internal("database write failed", e.getCause());
        }
    }

    /** The same without waiting for it. */
    public <T> CompletableFuture<T> submit(Work<T> work) {
        CompletableFuture<T> done = new CompletableFuture<>();
        if (stopping || !writer.isAlive()) {
            throw new Busy("the writer has stopped");
        }
        if (!queue.offer(new Waiting<>(work, done))) {
            throw new Busy(MAX_WAITING + " writes are waiting");
        }
        return done;
    }

    /** Whether writes are being done. */
    public boolean isAlive() {
        return writer.isAlive() && !stopping;
    }

    private void write() {
        List<Waiting<?>> group = new ArrayList<>(MAX_GROUP);
        try {
            while (!stopping || !queue.isEmpty()) {
                Waiting<?> first = queue.poll(IDLE_POLL_MILLISECONDS, TimeUnit.MILLISECONDS);
                if (first != null) {
                    group.add(first);
                    // Who is about to come gets in as well, where there is a core for only one of us.
                    Thread.yield();
                    queue.drainTo(group, MAX_GROUP - 1);
                    writeGroup(group);
                    group.clear();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            group.addAll(queue);
            Internal stopped = new Internal("the writer has stopped", null);
            group.forEach(waiting -> waiting.done().completeExceptionally(stopped));
        }
    }

    private void writeGroup(List<Waiting<?>> group) {
        try {
            commit(group);
        } catch (RuntimeException e) {
            if (group.size() == 1) {
                group.get(0).done().completeExceptionally(e);
            } else {
                group.forEach(waiting -> writeGroup(List.of(waiting)));
            }
        }
    }

    /** Nobody is answered before the commit has returned. */
    private void commit(List<Waiting<?>> group) {
        List<Ran<?>> ran = new ArrayList<>(group.size());
        try (StatelessSession session = sessions.openStatelessSession()) {
            session.getTransaction().begin();
            try {
                for (Waiting<?> waiting : group) {
                    ran.add(Ran.run(waiting, session));
                }
                session.getTransaction().commit();
            } catch (RuntimeException e) {
                rollback(session);
                throw e;
            }
        }
        ran.forEach(Ran::committed);
    }

    private static void rollback(StatelessSession session) {
        try {
            session.getTransaction().rollback();
        } catch (RuntimeException e) {
            LOG.error("rollback failed", e);
        }
    }

    /** Finishes what waits. */
    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopping = true;
        writer.join(SHUTDOWN_MILLISECONDS);
    }
}
