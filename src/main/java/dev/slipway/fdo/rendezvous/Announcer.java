package dev.slipway.fdo.rendezvous;

import dev.slipway.bytes.Bytes;
import dev.slipway.cbor.Encoded;
import dev.slipway.cose.CoseSign1;
import dev.slipway.fdo.key.SigningKey;
import dev.slipway.fdo.type.Hash;
import dev.slipway.fdo.type.Nonce;
import dev.slipway.fdo.type.RandomSource;
import dev.slipway.fdo.type.RvTo2Addr;
import dev.slipway.fdo.voucher.VerifiedVoucher;
import java.time.Clock;
import java.util.Optional;

/** The owner's side of a registration at our own rendezvous service: the same structures and the same checks as TO0, without the network. */
public final class Announcer {

    private static final long AS_LONG_AS_WANTED = 0;

    private final RvTo2Addr addresses;
    private final RegistrationVerifier rendezvous;
    private final RandomSource random;
    private final Clock clock;

    public Announcer(RvTo2Addr addresses, RegistrationVerifier rendezvous, RandomSource random, Clock clock) {
        this.addresses = addresses;
        this.rendezvous = rendezvous;
        this.random = random;
        this.clock = clock;
    }

    /**
     * Signs where TO2 happens and has the rendezvous service check it. The blob never expires.
     *
     * @param owner the key pair of the voucher's last entry
     */
    public RendezvousBlob announce(VerifiedVoucher voucher, SigningKey owner) {
        Nonce nonceTo0Sign = Nonce.random(random);
        To0d to0d = new To0d(voucher.voucher(), AS_LONG_AS_WANTED, nonceTo0Sign);
        Bytes to0dBytes = to0d.encode();
        Hash to0dHash = voucher.voucher().hashType().hash(to0dBytes);
        To1d to1d = To1d.of(CoseSign1.sign(owner.privateKey(), owner.algorithmFor(voucher.voucher().hashType()), To1d.payload(addresses, to0dHash)));
        RendezvousBlob checked = rendezvous.verify(new Encoded<>(to0dBytes, to0d), to1d, nonceTo0Sign, clock.instant());
        return new RendezvousBlob(checked.guid(), checked.to1d(), checked.deviceKey(), checked.ownerPath(), Optional.empty());
    }
}
