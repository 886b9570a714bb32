package dev.slipway.fdo.to0;

import dev.slipway.fdo.session.SessionState;
import dev.slipway.fdo.type.Guid;
import dev.slipway.fdo.type.Nonce;
import java.util.Optional;

/** Where a registration is. */
sealed interface To0State extends SessionState {

    /** HelloAck was sent: we wait for a voucher. */
    record HelloAcknowledged(Nonce nonceTo0Sign) implements To0State {

        @Override
        public Optional<Guid> guid() {
            return Optional.empty();
        }

        @Override
        public int octets() {
            return 0;
        }
    }
}
