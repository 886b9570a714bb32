package dev.slipway.fdo.to2;

import dev.slipway.audit.AuditEvent;
import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure.Invalid;
import dev.slipway.failure.Failure.Malformed;
import dev.slipway.failure.Failure.OutOfSequence;
import dev.slipway.fdo.kex.KeyExchange.SharedX;
import dev.slipway.fdo.kex.SessionKeys;
import dev.slipway.fdo.key.OwnerKeys;
import dev.slipway.fdo.key.SigningKey;
import dev.slipway.fdo.message.DeviceSetup;
import dev.slipway.fdo.message.To2;
import dev.slipway.fdo.session.Step;
import dev.slipway.fdo.type.Eat;
import dev.slipway.fdo.type.Guid;
import dev.slipway.fdo.type.RandomSource;
import dev.slipway.fdo.voucher.VerifiedVoucher;
import java.time.Clock;
import java.util.Map;

/** TO2.ProveDevice (64) → TO2.SetupDevice (65): the device proves itself and is given its next credential. */
final class ProveDeviceHandler {

    private final CredentialPolicy policy;
    private final OwnerKeys ownerKeys;
    private final Onboarding.Repository onboardings;
    private final RandomSource random;
    private final Clock clock;

    ProveDeviceHandler(
            CredentialPolicy policy, OwnerKeys ownerKeys, Onboarding.Repository onboardings, RandomSource random, Clock clock) {
        this.policy = policy;
        this.ownerKeys = ownerKeys;
        this.onboardings = onboardings;
        this.random = random;
        this.clock = clock;
    }

    Step setup(To2State.VoucherOffered state, To2.ProveDevice message) {
        SessionKeys keys = verify(state, message);
        state.owned().predecessor().ifPresent(predecessor -> retire(predecessor, state.owned().voucher().guid()));
        SigningKey owner2Key = ownerKeys.of(state.owned().voucher().ownerKey().type());
        DeviceSetup setup = DeviceSetup.sign(owner2Key, policy.rvInfo(), Guid.random(random), message.nonceTo2SetupDv());
        To2State.Proven proven = new To2State.Proven(state.owned(), keys, state.nonceTo2ProveDv(), setup);
        return new Step(new To2State.DeviceProven(proven), new To2.SetupDevice(setup));
    }

    private static SessionKeys verify(To2State.VoucherOffered state, To2.ProveDevice message) {
        VerifiedVoucher voucher = state.owned().voucher();
        Eat claims = message.claims();
        // spec: the device has read the whole voucher
        if (state.entriesFetched() < voucher.voucher().entries().size()) {
            throw new OutOfSequence("ProveDevice after " + state.entriesFetched() + " entries of the voucher");
        }
        Bytes xb = claims.keyExchange().orElseThrow(() -> new Malformed("EAT without key exchange"));
        // spec: the token is signed by the key of the device certificate
        message.token().verify(voucher.deviceChain().leafKey());
        // spec: it answers the nonce of this session
        if (!claims.nonce().equals(state.nonceTo2ProveDv())) {
            throw new Invalid("NonceTO2ProveDv is not the one sent");
        }
        // spec: its UEID is the GUID that the session began with
        if (!claims.guid().equals(voucher.guid())) {
            throw new Invalid("UEID is not the GUID of this session");
        }
        // spec: both sides derive the session key
        SharedX form = claims.fromZeroStrippingClient() ? SharedX.STRIPPED : SharedX.FIXED_WIDTH;
        return SessionKeys.derive(state.cipherSuite(), state.keyExchange().sharedWithDevice(xb, form));
    }

    /** The device has its new credential for sure now, so the one before it is of no more use to it. */
    private void retire(Guid predecessor, Guid current) {
        onboardings.retirePredecessor(
                current,
                AuditEvent.done(
                        "to2.predecessor-retired", clock.instant(), "device", current.toString(), Map.of("predecessor", predecessor.toString())));
    }
}
