package dev.slipway.ops;

import dev.slipway.bytes.Bytes;
import dev.slipway.fdo.type.RandomSource;
import java.security.SecureRandom;

/** Randomness from the operating system, by way of the JDK. */
public final class SystemRandom implements RandomSource {

    private final SecureRandom secureRandom = new SecureRandom();

    @Override
    public Bytes next(int octets) {
        byte[] random = new byte[octets];
        secureRandom.nextBytes(random);
        return Bytes.owning(random);
    }
}
