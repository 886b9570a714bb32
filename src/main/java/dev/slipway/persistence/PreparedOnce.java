package dev.slipway.persistence;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import org.sqlite.jdbc4.JDBC4Connection;
import org.sqlite.jdbc4.JDBC4PreparedStatement;

/**
 * A connection to SQLite that prepares each statement once: a closed one waits, reset and without parameters, to be asked for again. SQLite
 * takes as long to prepare a statement as to do it, and neither its driver nor the pool keeps them.
 */
final class PreparedOnce extends JDBC4Connection {

    /** Most that wait; the one that has waited longest goes. A statement is some 5 KB. */
    private static final int MAX_WAITING = 64;
    /** A page that is written often goes from the log to the database once in 8 MiB of log, not in 4. */
    private static final String CHECKPOINT = "pragma wal_autocheckpoint=2000";

    private final Map<String, Statement> waiting = new LinkedHashMap<>();

    PreparedOnce(String url, String fileName, Properties properties) throws SQLException {
        super(url, fileName, properties);
        try (java.sql.Statement pragma = createStatement()) {
            pragma.execute(CHECKPOINT);
        }
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int resultSetType, int concurrency, int holdability) throws SQLException {
        checkOpen();
        checkCursor(resultSetType, concurrency, holdability);
        Statement statement = waiting.remove(sql);
        return statement == null ? new Statement(sql) : statement;
    }

    private void keep(Statement statement) throws SQLException {
        Statement other = waiting.put(statement.sql, statement);
        if (other != null) {
            other.discard();
        }
        if (waiting.size() > MAX_WAITING) {
            Iterator<Statement> oldestFirst = waiting.values().iterator();
            Statement oldest = oldestFirst.next();
            oldestFirst.remove();
            oldest.discard();
        }
    }

    private final class Statement extends JDBC4PreparedStatement {
        private final String sql;
        /** Of its results; the driver forgets them with each result, and asks the library for one after the other. */
        private String[] columns;

        private Statement(String sql) throws SQLException {
            super(PreparedOnce.this, sql);
            this.sql = sql;
        }

        @Override
        public ResultSet getResultSet() throws SQLException {
            rs.colsMeta = columns;
            ResultSet result = super.getResultSet();
            columns = rs.colsMeta;
            return result;
        }

        /** One that failed is closed already, by the driver. */
        @Override
        public void close() throws SQLException {
            if (PreparedOnce.this.isClosed() || pointer.isClosed()) {
                discard();
                return;
            }
            rs.close();
            clearBatch();
            clearParameters();
            setMaxRows(0);
            setQueryTimeout(0);
            keep(this);
        }

        private void discard() throws SQLException {
            super.close();
        }
    }
}
