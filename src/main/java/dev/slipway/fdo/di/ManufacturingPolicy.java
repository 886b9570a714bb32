package dev.slipway.fdo.di;

import dev.slipway.fdo.type.KeyType;
import dev.slipway.fdo.type.PublicKey;
import dev.slipway.fdo.type.RendezvousInfo;
import java.util.Optional;

/**
 * @param keyType of the manufacturer and owner keys of new vouchers; absent: that of the device's own key
 * @param rvInfo where new devices look for their owner
 * @param firstOwner whom their vouchers are extended to
 */
public record ManufacturingPolicy(Optional<KeyType> keyType, RendezvousInfo rvInfo, FirstOwner firstOwner) {

    /** The type of a voucher's keys: the device's, if nothing is set and the first owner has a key of it. */
    KeyType keyTypeFor(KeyType device) {
        KeyType wanted = keyType.orElse(device);
        return switch (firstOwner) {
            case FirstOwner.Ourselves o -> wanted;
            case FirstOwner.Nobody n -> wanted;
            case FirstOwner.Other other -> other.keys().stream()
                    .map(PublicKey::type)
                    .filter(wanted::equals)
                    .findFirst()
                    .orElse(other.keys().get(0).type());
        };
    }
}
