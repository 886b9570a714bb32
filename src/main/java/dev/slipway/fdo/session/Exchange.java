package dev.slipway.fdo.session;

import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure.OutOfSequence;
import dev.slipway.fdo.key.TpmPolicy;
import java.util.Optional;

/**
 * A message and where it finds its session.
 *
 * @param state absent for a message that opens a protocol run
 * @param tpm what is asked of the key of a device that is initialised there
 * @param received the octets of the message in clear, as received
 */
public record Exchange(Optional<SessionState> state, TpmPolicy tpm, Bytes received) {

    /**
     * The state, which has to be {@code required}.
     *
     * @throws OutOfSequence if the session is somewhere else
     */
    public <S extends SessionState> S in(Class<S> required) {
        return state.filter(required::isInstance)
                .map(required::cast)
                .orElseThrow(() -> new OutOfSequence(
                        "session is in " + state.map(s -> s.getClass().getSimpleName()).orElse("no state") + ", not in " + required.getSimpleName()));
    }
}
