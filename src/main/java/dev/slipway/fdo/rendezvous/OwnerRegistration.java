package dev.slipway.fdo.rendezvous;

import dev.slipway.bytes.Bytes;
import dev.slipway.cbor.Encoded;
import dev.slipway.cose.CoseSign1;
import dev.slipway.failure.Failure.Conflict;
import dev.slipway.fdo.key.SigningKey;
import dev.slipway.fdo.type.Hash;
import dev.slipway.fdo.type.HashType;
import dev.slipway.fdo.type.Nonce;
import dev.slipway.fdo.type.RvTo2Addr;
import dev.slipway.fdo.voucher.VerifiedVoucher;

/**
 * What an owner shows a rendezvous server: the voucher, and where TO2 happens, signed.
 *
 * @param to0d encoded once: to1d has the hash of these octets
 * @see "FIDO Device Onboard 1.1, TO0.OwnerSign"
 */
public record OwnerRegistration(Encoded<To0d> to0d, To1d to1d) {

    /**
     * @param owner the key pair of the voucher's last entry
     * @param waitSeconds how long the server is asked to keep it; 0 leaves that to the server
     * @throws Conflict if {@code owner} does not own the voucher
     */
    public static OwnerRegistration sign(VerifiedVoucher voucher, SigningKey owner, RvTo2Addr addresses, long waitSeconds, Nonce nonceTo0Sign) {
        if (!owner.publicKey().sameKeyAs(voucher.ownerKey())) {
            throw new Conflict("voucher " + voucher.guid() + " is not owned by the key that would register it");
        }
        To0d to0d = new To0d(voucher.voucher(), waitSeconds, nonceTo0Sign);
        Bytes to0dBytes = to0d.encode();
        HashType hashType = voucher.voucher().hashType();
        Hash to0dHash = hashType.hash(to0dBytes);
        CoseSign1 signed = CoseSign1.sign(owner.privateKey(), owner.algorithmFor(hashType), To1d.payload(addresses, to0dHash));
        return new OwnerRegistration(new Encoded<>(to0dBytes, to0d), To1d.of(signed));
    }
}
