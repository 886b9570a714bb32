package dev.slipway.fdo.di;

import dev.slipway.fdo.type.KeyType;
import dev.slipway.fdo.type.RendezvousInfo;
import java.util.Optional;

/**
 * @param keyType of the manufacturer and owner keys of new vouchers; absent: that of the device's own key
 * @param rvInfo where new devices look for their owner
 */
public record ManufacturingPolicy(Optional<KeyType> keyType, RendezvousInfo rvInfo) {}
