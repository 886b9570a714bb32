package dev.slipway.persistence;

import org.hibernate.JDBCException;
import org.hibernate.community.dialect.SQLiteDialect;
import org.hibernate.engine.jdbc.dialect.spi.DialectResolutionInfo;
import org.hibernate.exception.ConstraintViolationException;
import org.hibernate.exception.LockAcquisitionException;
import org.hibernate.exception.spi.SQLExceptionConversionDelegate;

/** SQLite, with the exceptions that other databases give for a violated constraint and for a lock. */
public final class SlipwaySqliteDialect extends SQLiteDialect {

    private static final int SQLITE_BUSY = 5;
    private static final int SQLITE_LOCKED = 6;
    private static final int SQLITE_CONSTRAINT = 19;
    /** Extended codes carry the primary one in their low octet. */
    private static final int PRIMARY_CODE = 0xff;

    public SlipwaySqliteDialect() {}

    public SlipwaySqliteDialect(DialectResolutionInfo info) {
        super(info);
    }

    @Override
    public SQLExceptionConversionDelegate buildSQLExceptionConversionDelegate() {
        return (exception, message, sql) -> {
            JDBCException converted =
                    switch (exception.getErrorCode() & PRIMARY_CODE) {
                        case SQLITE_CONSTRAINT -> new ConstraintViolationException(message, exception, sql, null);
                        case SQLITE_BUSY, SQLITE_LOCKED -> new LockAcquisitionException(message, exception, sql);
                        default -> null;
                    };
            return converted;
        };
    }
}
