package dev.slipway.fdo.rendezvous;

import dev.slipway.fdo.key.SigningKey;
import dev.slipway.fdo.type.Nonce;
import dev.slipway.fdo.type.RandomSource;
import dev.slipway.fdo.type.RvTo2Addr;
import dev.slipway.fdo.voucher.VerifiedVoucher;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Decides where an owner makes itself known. At our own rendezvous service it does so at once: the structures and checks of TO0, without the
 * network.
 */
public final class Announcer {

    private static final long AS_LONG_AS_WANTED = 0;

    private final RvTo2Addr addresses;
    private final Set<URI> here;
    private final RegistrationVerifier rendezvous;
    private final RandomSource random;
    private final Clock clock;

    /** @param here what our own rendezvous service is known by; empty where there is none */
    public Announcer(RvTo2Addr addresses, Set<URI> here, RegistrationVerifier rendezvous, RandomSource random, Clock clock) {
        this.addresses = addresses;
        this.here = here;
        this.rendezvous = rendezvous;
        this.random = random;
        this.clock = clock;
    }

    /** @param owner the key pair of the voucher's last entry */
    public Announcement announce(VerifiedVoucher voucher, SigningKey owner) {
        List<URI> servers = RendezvousServer.of(voucher.voucher().header().value().rvInfo()).stream()
                .map(RendezvousServer::name)
                .toList();
        return new Announcement(
                servers.stream().anyMatch(here::contains) ? Optional.of(register(voucher, owner)) : Optional.empty(),
                servers.stream().filter(server -> !here.contains(server)).toList());
    }

    /** Where devices find us. */
    public RvTo2Addr addresses() {
        return addresses;
    }

    /** Our registration at our own rendezvous service, which checks it like anybody's. It never expires. */
    public RendezvousBlob register(VerifiedVoucher voucher, SigningKey owner) {
        Nonce nonceTo0Sign = Nonce.random(random);
        OwnerRegistration registration = OwnerRegistration.sign(voucher, owner, addresses, AS_LONG_AS_WANTED, nonceTo0Sign);
        RendezvousBlob checked = rendezvous.verify(registration.to0d(), registration.to1d(), nonceTo0Sign, clock.instant());
        return new RendezvousBlob(checked.guid(), checked.to1d(), checked.deviceKey(), checked.ownerPath(), Optional.empty());
    }
}
