package dev.slipway.fdo.rendezvous;

import dev.slipway.cbor.Encoded;
import dev.slipway.failure.Failure.Invalid;
import dev.slipway.failure.Failure.OwnerSignatureRejected;
import dev.slipway.failure.Failure.VoucherRejected;
import dev.slipway.fdo.rendezvous.RegistrationPolicy.Accept;
import dev.slipway.fdo.type.Nonce;
import dev.slipway.fdo.type.PublicKey;
import dev.slipway.fdo.voucher.OwnershipVoucher;
import dev.slipway.fdo.voucher.TrustAnchors;
import dev.slipway.fdo.voucher.TrustPolicy.Mode;
import dev.slipway.fdo.voucher.TpmBacking;
import dev.slipway.fdo.voucher.TrustPolicy;
import dev.slipway.fdo.voucher.VerifiedVoucher;
import dev.slipway.fdo.voucher.VoucherTrust;
import dev.slipway.fdo.voucher.VoucherVerifier;
import java.time.Instant;
import java.util.Optional;

/** Decides whether an owner may register a device. */
public final class RegistrationVerifier {

    private final VoucherVerifier vouchers;
    private final RegistrationPolicy policy;
    private final TrustAnchors anchors;
    private final VoucherTrust trust;

    public RegistrationVerifier(VoucherVerifier vouchers, RegistrationPolicy policy, TrustAnchors anchors) {
        this.vouchers = vouchers;
        this.policy = policy;
        this.anchors = anchors;
        Mode manufacturer = policy.accept() == Accept.MANUFACTURERS ? Mode.STRICT : Mode.RECORD;
        this.trust = new VoucherTrust(new TrustPolicy(policy.deviceCa(), manufacturer, TrustPolicy.Mode.RECORD), anchors, TpmBacking.NONE);
    }

    /**
     * All checks of TO0.OwnerSign that need no stored data; the last one, who may replace whom, is {@link RendezvousBlob#mayReplace}.
     *
     * @param to0d with the octets that arrived, which to1d has the hash of
     * @throws Invalid for a wrong nonce or hash
     * @throws VoucherRejected for a voucher that does not verify
     * @throws OwnerSignatureRejected for a to1d that the voucher's last owner did not sign
     * @see "FIDO Device Onboard 1.1, TO0.OwnerSign"
     */
    public RendezvousBlob verify(Encoded<To0d> to0d, To1d to1d, Nonce nonceTo0Sign, Instant now) {
        // spec: the nonce is the one of this session
        if (!to0d.value().nonceTo0Sign().equals(nonceTo0Sign)) {
            throw new Invalid("NonceTO0Sign is not the one sent");
        }
        // spec: the voucher verifies, and somebody after the manufacturer owns the device
        OwnershipVoucher voucher = to0d.value().voucher();
        if (voucher.entries().isEmpty()) {
            throw new VoucherRejected("voucher.entries", "no entry, so there is no owner to register");
        }
        VerifiedVoucher verified = vouchers.verify(voucher, now);
        // spec: it comes from somebody whom this service's policy believes
        verifyTrust(voucher);
        // spec: to1d is signed by the key of the last entry
        verifyOwnerSignature(to1d, verified.ownerKey());
        // spec: to1d belongs to this to0d
        if (!to1d.to0dHash().equals(to1d.to0dHash().type().hash(to0d.bytes()))) {
            throw new Invalid("to1dTo0dHash is not the hash of to0d");
        }
        return RendezvousBlob.of(verified, to1d, Optional.of(now.plus(policy.grant(to0d.value().waitSeconds()))));
    }

    private void verifyTrust(OwnershipVoucher voucher) {
        boolean known = anchors.knowsOwner(voucher.ownerKey());
        if (policy.accept() == Accept.OWNERS && !known) {
            throw new VoucherRejected("voucher.owner", "owner " + voucher.ownerKey().fingerprint() + " is not listed");
        }
        if (!known) {
            trust.examine(voucher).requirePassed();
        }
    }

    private static void verifyOwnerSignature(To1d to1d, PublicKey owner) {
        try {
            to1d.signed().verify(owner.key());
        } catch (Invalid e) {
            throw new OwnerSignatureRejected("to1d: " + e.getMessage());
        }
    }
}
