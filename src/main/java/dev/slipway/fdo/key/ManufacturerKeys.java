package dev.slipway.fdo.key;

import dev.slipway.fdo.type.KeyType;
import dev.slipway.fdo.type.PublicKey;
import java.util.Optional;

/** The keys that vouchers made here begin with, one of each type. */
public interface ManufacturerKeys {

    SigningKey of(KeyType type);

    /** The key pair of a voucher that nobody owns yet, if it was made with ours. */
    Optional<SigningKey> find(PublicKey publicKey);
}
