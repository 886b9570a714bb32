package dev.slipway.persistence;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Properties;
import java.util.logging.Logger;
import org.sqlite.JDBC;

/** The one driver that is named when the program is built; it hands over to the one that the URL names when it starts. */
public final class UrlDriver implements Driver {

    private final Driver sqlite = new JDBC();

    @Override
    public Connection connect(String url, Properties properties) throws SQLException {
        return acceptsURL(url) ? new PreparedOnce(url, url.substring(JDBC.PREFIX.length()), properties) : null;
    }

    @Override
    public boolean acceptsURL(String url) throws SQLException {
        return sqlite.acceptsURL(url);
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties properties) throws SQLException {
        return sqlite.getPropertyInfo(url, properties);
    }

    @Override
    public int getMajorVersion() {
        return 1;
    }

    @Override
    public int getMinorVersion() {
        return 0;
    }

    @Override
    public boolean jdbcCompliant() {
        return false;
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getLogger("org.sqlite");
    }
}
