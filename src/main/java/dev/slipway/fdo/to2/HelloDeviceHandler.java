package dev.slipway.fdo.to2;

import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure.Internal;
import dev.slipway.failure.Failure.Invalid;
import dev.slipway.failure.Failure.NotFound;
import dev.slipway.fdo.kex.CipherSuite;
import dev.slipway.fdo.kex.KexSuite;
import dev.slipway.fdo.kex.KeyExchange;
import dev.slipway.fdo.key.OwnerKeys;
import dev.slipway.fdo.key.SigningKey;
import dev.slipway.fdo.message.OvHdrProof;
import dev.slipway.fdo.message.To2;
import dev.slipway.fdo.session.Step;
import dev.slipway.fdo.type.Nonce;
import dev.slipway.fdo.type.RandomSource;
import dev.slipway.fdo.voucher.OwnershipVoucher;

/** TO2.HelloDevice (60) → TO2.ProveOVHdr (61): proves to the device that it is ours. */
final class HelloDeviceHandler {

    private static final int MAX_OWNER_MESSAGE_SIZE = 65_535;

    private final Onboarding.Repository onboardings;
    private final Admission admission;
    private final OwnerKeys ownerKeys;
    private final RandomSource random;

    HelloDeviceHandler(Onboarding.Repository onboardings, Admission admission, OwnerKeys ownerKeys, RandomSource random) {
        this.onboardings = onboardings;
        this.admission = admission;
        this.ownerKeys = ownerKeys;
        this.random = random;
    }

    /** @param received the octets of the message, which the answer has the hash of */
    Step open(To2.HelloDevice message, Bytes received) {
        message.eaSigInfo().requireKnownType();
        KexSuite kexSuite = KexSuite.ofName(message.kexSuiteName());
        CipherSuite cipherSuite = CipherSuite.ofId(message.cipherSuiteName());
        OwnedVoucher owned = onboardings
                .find(message.guid())
                .orElseThrow(() -> new NotFound("no voucher of ours for " + message.guid()));
        admission.requireDecided(message.guid());
        OwnershipVoucher voucher = owned.voucher().voucher();
        SigningKey owner = ownerKeys
                .find(voucher.ownerKey())
                .orElseThrow(() -> new Internal("no private key for the owner of " + message.guid() + "; was a key removed?", null));
        if (!owner.type().isElliptic()) {
            throw new Invalid("key exchange " + kexSuite + " is not for owner keys of type " + owner.type());
        }
        KeyExchange keyExchange = KeyExchange.begin(kexSuite, random);
        Nonce nonceTo2ProveDv = Nonce.random(random);
        OvHdrProof proof = OvHdrProof.sign(
                owner,
                voucher.ownerKey(),
                nonceTo2ProveDv,
                new OvHdrProof.Payload(
                        voucher.header(),
                        voucher.entries().size(),
                        voucher.hmac(),
                        message.nonceTo2ProveOv(),
                        message.eaSigInfo(),
                        keyExchange.message(),
                        voucher.hmac().value().type().hashType().hash(received),
                        MAX_OWNER_MESSAGE_SIZE));
        return new Step(
                new To2State.VoucherOffered(owned, cipherSuite, keyExchange, nonceTo2ProveDv, 0), new To2.ProveOvHdr(proof));
    }
}
