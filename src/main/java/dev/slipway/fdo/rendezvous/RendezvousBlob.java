package dev.slipway.fdo.rendezvous;

import dev.slipway.bytes.Bytes;
import dev.slipway.fdo.type.Guid;
import dev.slipway.fdo.type.HashType;
import dev.slipway.fdo.voucher.OwnershipVoucher;
import dev.slipway.fdo.voucher.VerifiedVoucher;
import java.security.PublicKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the rendezvous service keeps for a device: where its owner is, signed by that owner.
 *
 * @param to1d the COSE_Sign1 as received; devices get it back octet by octet
 * @param deviceKey who may ask for it: the key of the voucher's device certificate
 * @param ownerPath the SHA-256 of each SubjectPublicKeyInfo in the voucher's chain of ownership, manufacturer first, this owner last
 * @param expiresAt empty where the owner is this server: it never lapses while the owner wants it
 */
public record RendezvousBlob(Guid guid, Bytes to1d, PublicKey deviceKey, List<Bytes> ownerPath, Optional<Instant> expiresAt) {

    /** @param to1d signed by the owner of the voucher */
    static RendezvousBlob of(VerifiedVoucher voucher, To1d to1d, Optional<Instant> expiresAt) {
        return new RendezvousBlob(
                voucher.guid(), to1d.signed().encoded(), voucher.deviceChain().leafKey(), ownerPath(voucher.voucher()), expiresAt);
    }

    private static List<Bytes> ownerPath(OwnershipVoucher voucher) {
        return Stream.concat(
                        Stream.of(voucher.header().value().manufacturerKey()),
                        voucher.entries().stream().map(entry -> entry.payload().publicKey()))
                .map(key -> HashType.SHA256.hash(Bytes.owning(key.key().getEncoded())).value())
                .toList();
    }

    /**
     * Whether this blob may take the place of {@code earlier}: the same owner again, or one who got the device from that owner. The reverse
     * would give a device back to somebody who sold it.
     */
    public boolean mayReplace(RendezvousBlob earlier) {
        int common = earlier.ownerPath.size();
        return common <= ownerPath.size() && ownerPath.subList(0, common).equals(earlier.ownerPath);
    }
}
