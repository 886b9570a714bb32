package dev.slipway.ignition.ticket;

import dev.slipway.failure.Failure.NotAcceptable;
import dev.slipway.ignition.RenderedConfig;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Gives every client the version that the profile is written in, except clients of another major version: those take no config of it.
 *
 * @see "Ignition, Operator notes; HTTP headers"
 */
public final class OwnVersion implements Negotiation {

    private static final Pattern VERSION =
            Pattern.compile("application/vnd\\.coreos\\.ignition\\+json *;[^,]*?\\bversion *= *\"?([0-9]{1,9})\\.", Pattern.CASE_INSENSITIVE);

    /** A client that names no version, such as curl, takes any. */
    @Override
    public RenderedConfig forClient(RenderedConfig config, Optional<String> accept) {
        String version = config.version().text();
        List<String> majors = VERSION.matcher(accept.orElse("")).results().map(range -> range.group(1)).toList();
        if (!majors.isEmpty() && !majors.contains(version.substring(0, version.indexOf('.')))) {
            throw new NotAcceptable("the client takes configs of another major version than " + version);
        }
        return config;
    }
}
