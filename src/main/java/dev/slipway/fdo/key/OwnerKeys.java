package dev.slipway.fdo.key;

import dev.slipway.fdo.type.KeyType;
import dev.slipway.fdo.type.PublicKey;
import java.util.Optional;

/** The keys by which devices are ours. */
public interface OwnerKeys {

    /** The key that vouchers made here are extended to, and that devices get as Owner2Key. */
    SigningKey of(KeyType type);

    /** The key pair of a voucher's last entry, if we hold it. */
    Optional<SigningKey> find(PublicKey publicKey);
}
