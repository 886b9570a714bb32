package dev.slipway.admin;

import dev.slipway.failure.Failure.Malformed;
import java.util.OptionalLong;

/** Versions of what can be changed, as entity tags: whoever says which one he looked at changes no other (RFC 9110, If-Match). */
final class Versions {

    private Versions() {}

    static String tag(long version) {
        return "\"" + version + "\"";
    }

    /** @param header absent for whatever version there is */
    static OptionalLong expected(String header) {
        if (header == null || header.equals("*")) {
            return OptionalLong.empty();
        }
        String version = header.strip().replaceAll("^\"(.*)\"$", "$1");
        if (!version.matches("[0-9]{1,18}")) {
            throw new Malformed("If-Match is a version in quotes, as 'version' says it: \"3\"");
        }
        return OptionalLong.of(Long.parseLong(version));
    }
}
