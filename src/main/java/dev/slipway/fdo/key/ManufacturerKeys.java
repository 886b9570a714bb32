package dev.slipway.fdo.key;

import dev.slipway.fdo.type.KeyType;

/** The keys that vouchers made here begin with, one of each type. */
public interface ManufacturerKeys {

    SigningKey of(KeyType type);
}
