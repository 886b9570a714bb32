package dev.slipway.persistence;

import dev.slipway.bytes.Bytes;
import dev.slipway.fdo.type.RandomSource;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.UUID;

/** Ids in the order of their making (RFC 9562, UUID Version 7). */
final class Uuid7 {

    private static final long VERSION = 0x7000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private Uuid7() {}

    static UUID next(Instant now, RandomSource random) {
        Bytes octets = random.next(10);
        ByteBuffer buffer = ByteBuffer.wrap(octets.toArray());
        long high = now.toEpochMilli() << 16 | VERSION | buffer.getShort() & 0x0fffL;
        long low = buffer.getLong() & 0x3fff_ffff_ffff_ffffL | VARIANT;
        return new UUID(high, low);
    }
}
