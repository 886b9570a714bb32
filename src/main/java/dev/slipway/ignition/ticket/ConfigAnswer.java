package dev.slipway.ignition.ticket;

import dev.slipway.failure.Failure;
import dev.slipway.fdo.type.Guid;
import dev.slipway.ignition.ProfileRevision;
import dev.slipway.ignition.RenderedConfig;
import java.util.List;
import java.util.Optional;

/** What a request for a config gets. */
public sealed interface ConfigAnswer {

    /**
     * @param guid of the device that it is for
     * @param revisions that it was rendered of, lowest first
     */
    record Given(RenderedConfig config, Guid guid, List<ProfileRevision> revisions) implements ConfigAnswer {}

    /** @param guid the device that the ticket is of, if it is known */
    record Refused(Optional<Guid> guid, Failure cause) implements ConfigAnswer {}
}
