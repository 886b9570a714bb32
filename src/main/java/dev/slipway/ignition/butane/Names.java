package dev.slipway.ignition.butane;

import java.util.Locale;
import java.util.regex.Pattern;

/** The two spellings of a field. */
public final class Names {

    private static final Pattern HUMP = Pattern.compile("MiB|[A-Z]");
    private static final Pattern UNDERSCORE = Pattern.compile("_mib$|_([a-z])");

    private Names() {}

    /** From Ignition's to Butane's: {@code sizeMiB} becomes {@code size_mib}. */
    public static String toButane(String name) {
        return HUMP.matcher(name).replaceAll(hump -> "_" + hump.group().toLowerCase(Locale.ROOT));
    }

    /** From Butane's to Ignition's: {@code http_headers} becomes {@code httpHeaders}. */
    public static String toIgnition(String name) {
        return UNDERSCORE.matcher(name).replaceAll(part -> part.group(1) == null ? "MiB" : part.group(1).toUpperCase(Locale.ROOT));
    }
}
