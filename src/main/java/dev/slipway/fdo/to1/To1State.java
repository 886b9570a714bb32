package dev.slipway.fdo.to1;

import dev.slipway.fdo.rendezvous.RendezvousBlob;
import dev.slipway.fdo.session.SessionState;
import dev.slipway.fdo.type.Guid;
import dev.slipway.fdo.type.Nonce;
import java.util.Optional;

/** Where a device's question for its owner is. */
sealed interface To1State extends SessionState {

    /** HelloRVAck was sent: we wait for the device's proof. */
    record HelloAcknowledged(RendezvousBlob blob, Nonce nonceTo1Proof) implements To1State {

        @Override
        public Optional<Guid> guid() {
            return Optional.of(blob.guid());
        }

        @Override
        public int octets() {
            return blob.to1d().length();
        }
    }
}
