package dev.slipway.fdo.rendezvous;

import dev.slipway.bytes.Bytes;
import dev.slipway.fdo.key.SigningKey;
import dev.slipway.fdo.type.Nonce;
import dev.slipway.fdo.type.RandomSource;
import dev.slipway.fdo.type.RendezvousInfo;
import dev.slipway.fdo.type.RvTo2Addr;
import dev.slipway.fdo.voucher.VerifiedVoucher;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Decides where an owner makes itself known. At our own rendezvous service it does so at once: the structures of TO0 without the network,
 * and without the checks of what others bring, for nothing in it is another's.
 */
public final class Announcer {

    private static final long AS_LONG_AS_WANTED = 0;

    private final RvTo2Addr addresses;
    private final Set<URI> here;
    private final RandomSource random;
    /** Vouchers that we make all name the same servers. */
    private volatile Servers recent = new Servers(Bytes.EMPTY, List.of());

    /** @param of the rendezvous info that names them */
    private record Servers(Bytes of, List<URI> names) {}

    /** @param here what our own rendezvous service is known by; empty where there is none */
    public Announcer(RvTo2Addr addresses, Set<URI> here, RandomSource random) {
        this.addresses = addresses;
        this.here = here;
        this.random = random;
    }

    /** @param owner the key pair of the voucher's last entry */
    public Announcement announce(VerifiedVoucher voucher, SigningKey owner) {
        List<URI> servers = servers(voucher.voucher().header().value().rvInfo());
        return new Announcement(
                servers.stream().anyMatch(here::contains) ? Optional.of(register(voucher, owner)) : Optional.empty(),
                servers.stream().filter(server -> !here.contains(server)).toList());
    }

    private List<URI> servers(RendezvousInfo rvInfo) {
        Servers known = recent;
        if (!known.of().equals(rvInfo.encoded())) {
            known = new Servers(rvInfo.encoded(), RendezvousServer.of(rvInfo).stream().map(RendezvousServer::name).toList());
            recent = known;
        }
        return known.names();
    }

    /** Where devices find us. */
    public RvTo2Addr addresses() {
        return addresses;
    }

    /** Our registration at our own rendezvous service. It never expires. */
    public RendezvousBlob register(VerifiedVoucher voucher, SigningKey owner) {
        OwnerRegistration registration = OwnerRegistration.sign(voucher, owner, addresses, AS_LONG_AS_WANTED, Nonce.random(random));
        return RendezvousBlob.of(voucher, registration.to1d(), Optional.empty());
    }
}
