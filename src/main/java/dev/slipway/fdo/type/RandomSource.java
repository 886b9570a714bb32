package dev.slipway.fdo.type;

import dev.slipway.bytes.Bytes;

/** Cryptographically strong randomness; made outside the core. */
@FunctionalInterface
public interface RandomSource {

    Bytes next(int octets);
}
