package dev.slipway.fdo.session;

import dev.slipway.fdo.type.Guid;
import java.util.Optional;

/** The last message was answered. Only its repeat is of interest now, for as long as the session is kept. */
public record Finished(Optional<Guid> guid) implements SessionState {

    @Override
    public int octets() {
        return 0;
    }
}
