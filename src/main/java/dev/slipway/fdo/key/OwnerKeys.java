package dev.slipway.fdo.key;

import dev.slipway.fdo.type.KeyType;
import dev.slipway.fdo.type.PublicKey;
import java.util.List;
import java.util.Optional;

/** The keys by which devices are ours. */
public interface OwnerKeys {

    /** The key that vouchers made here are extended to, and that devices get as Owner2Key. */
    SigningKey of(KeyType type);

    /** The key pair of a voucher's last entry, if we hold it. */
    Optional<SigningKey> find(PublicKey publicKey);

    /** All of them: first those that vouchers made here are extended to, then those that were imported. */
    List<PublicKey> list();

    /**
     * Takes in a key by which devices are ours already; on disk when this returns.
     *
     * @throws dev.slipway.failure.Failure.Conflict if it is here already
     */
    void add(SigningKey key);
}
