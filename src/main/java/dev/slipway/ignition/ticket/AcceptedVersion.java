package dev.slipway.ignition.ticket;

import dev.slipway.failure.Failure.ConfigInvalid;
import dev.slipway.failure.Failure.NotAcceptable;
import dev.slipway.ignition.RenderedConfig;
import dev.slipway.ignition.spec.AcceptHeader;
import dev.slipway.ignition.spec.AcceptHeader.Choice;
import dev.slipway.ignition.spec.IgnitionVersion;
import java.util.Optional;

/**
 * Gives a client the config as it is where the client reads that, and in an older version where it reads only that. A client that names no
 * version, such as curl, gets it as it is.
 *
 * @see "Ignition, Operator notes; HTTP headers"
 */
public final class AcceptedVersion implements Negotiation {

    @Override
    public RenderedConfig forClient(RenderedConfig config, Optional<String> accept) {
        return switch (AcceptHeader.choose(accept.orElse(""), config.version())) {
            case Choice.NoEntry none -> config;
            case Choice.Version(IgnitionVersion version) -> version == config.version() ? config : lowered(config, version);
            case Choice.OtherMajor other -> throw new NotAcceptable("the client takes configs of another major version than " + config.version().text());
        };
    }

    private static RenderedConfig lowered(RenderedConfig config, IgnitionVersion version) {
        try {
            return config.in(version);
        } catch (ConfigInvalid e) {
            throw new NotAcceptable("the client reads version " + version.text() + " at most, and the config needs more: " + e.getMessage());
        }
    }
}
