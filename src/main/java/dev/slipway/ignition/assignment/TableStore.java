package dev.slipway.ignition.assignment;

import dev.slipway.audit.AuditEvent;
import dev.slipway.ignition.assignment.DeviceEntry.TableRow;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Where the rows of the table are kept. What changes is on disk, with its event, when a method returns. */
public interface TableStore {

    /**
     * Begins to take in a table. Nothing of it is there for anybody before it is finished, nor if the program ends before that.
     *
     * @throws dev.slipway.failure.Failure.Conflict if another one is being taken in
     */
    Upload begin();

    /**
     * The next rows, in the order of their names.
     *
     * @param after the last one of the page before; empty for the beginning
     */
    List<TableRow> list(Optional<String> after, int limit);

    /** @return whether there was one */
    boolean remove(String device, AuditEvent event);

    /** A table that is being taken in; closing it gives it up, unless it was finished. */
    interface Upload extends AutoCloseable {

        /**
         * Takes some rows, of different names.
         *
         * @return the names of those that were taken before already; then none of these rows is
         */
        Set<String> add(List<TableRow> rows);

        /**
         * Puts all rows into the table as one.
         *
         * @param replace whether rows go that were not in this one
         * @throws dev.slipway.failure.Failure.Conflict if a group that it names has gone meanwhile
         */
        Counts finish(boolean replace, Function<Counts, AuditEvent> event);

        @Override
        void close();
    }

    /** What became of the rows. */
    record Counts(long added, long changed, long unchanged, long removed) {}
}
