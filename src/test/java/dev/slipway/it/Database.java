package dev.slipway.it;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Looks into the database of a service, which may be running. */
final class Database {

    private Database() {}

    /** @param query whose only result is a number */
    static int count(Path data, String query) {
        return Integer.parseInt(text(data, query));
    }

    /** @param query whose first result is a text or a number */
    static String text(Path data, String query) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("slipway.db"));
                Statement statement = connection.createStatement();
                ResultSet first = statement.executeQuery(query)) {
            return first.getString(1);
        } catch (SQLException e) {
            throw new AssertionError(query, e);
        }
    }
}
