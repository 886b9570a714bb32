package dev.slipway.fdo.to1;

import dev.slipway.failure.Failure.Invalid;
import dev.slipway.fdo.message.To1;
import dev.slipway.fdo.rendezvous.RendezvousBlob;
import dev.slipway.fdo.session.Finished;
import dev.slipway.fdo.session.Step;

/** TO1.ProveToRV (32) → TO1.RVRedirect (33): tells a device that proved itself where its owner is. */
final class ProveToRvHandler {

    Step redirect(To1State.HelloAcknowledged state, To1.ProveToRv message) {
        RendezvousBlob blob = state.blob();
        // spec: the token is signed by the key of the device certificate in the registered voucher
        message.token().verify(blob.deviceKey());
        // spec: it answers the nonce of this session
        if (!message.claims().nonce().equals(state.nonceTo1Proof())) {
            throw new Invalid("NonceTO1Proof is not the one sent");
        }
        // spec: its UEID is the GUID that the session began with
        if (!message.claims().guid().equals(blob.guid())) {
            throw new Invalid("UEID is not the GUID of this session");
        }
        return new Step(new Finished(state.guid()), new To1.RvRedirect(blob.to1d()));
    }
}
