package dev.slipway.fdo.to2;

import dev.slipway.fdo.kex.CipherSuite;
import dev.slipway.fdo.kex.KeyExchange;
import dev.slipway.fdo.kex.SessionKeys;
import dev.slipway.fdo.message.DeviceSetup;
import dev.slipway.fdo.serviceinfo.ServiceInfoProgress;
import dev.slipway.fdo.session.SessionState;
import dev.slipway.fdo.type.Guid;
import dev.slipway.fdo.type.Hmac;
import dev.slipway.fdo.type.Nonce;
import java.util.List;
import java.util.Optional;

/** Where a TO2 is. */
sealed interface To2State extends SessionState {

    /**
     * ProveOVHdr was sent: the device reads the voucher.
     *
     * @param entriesFetched entries come in order; that many are out
     */
    record VoucherOffered(
            OwnedVoucher owned, CipherSuite cipherSuite, KeyExchange keyExchange, Nonce nonceTo2ProveDv, int entriesFetched)
            implements To2State {

        VoucherOffered fetched(int entryNumber) {
            return new VoucherOffered(
                    owned, cipherSuite, keyExchange, nonceTo2ProveDv, Math.max(entriesFetched, entryNumber + 1));
        }

        @Override
        public Optional<Guid> guid() {
            return Optional.of(owned.voucher().guid());
        }

        @Override
        public int octets() {
            return owned.octets();
        }
    }

    /** A device that proved itself, with the keys it shares with us and the credential it was given in SetupDevice. */
    record Proven(OwnedVoucher owned, SessionKeys keys, Nonce nonceTo2ProveDv, DeviceSetup setup) {

        Guid guid() {
            return owned.voucher().guid();
        }
    }

    /** SetupDevice was sent: we wait for the HMAC over the replacement header. */
    record DeviceProven(Proven device) implements ProvenState {}

    /** OwnerServiceInfoReady was sent: the service info loop runs. */
    record ExchangingServiceInfo(
            Proven device, Optional<Hmac> replacementHmac, int maxOwnerServiceInfoSize, ServiceInfoProgress progress)
            implements ProvenState {

        @Override
        public int octets() {
            return ProvenState.super.octets() + progress.octets();
        }
    }

    /**
     * The owner said that it is done: we wait for the device to say the same.
     *
     * @param skipped steps of the plan that were not done, in words for the operator
     */
    record ServiceInfoDone(Proven device, Optional<Hmac> replacementHmac, List<String> skipped) implements ProvenState {}

    /** The states from SetupDevice on, whose messages are encrypted. */
    sealed interface ProvenState extends To2State {

        Proven device();

        @Override
        default Optional<Guid> guid() {
            return Optional.of(device().guid());
        }

        @Override
        default int octets() {
            return device().owned().octets();
        }

        @Override
        default Optional<SessionKeys> keys() {
            return Optional.of(device().keys());
        }
    }
}
