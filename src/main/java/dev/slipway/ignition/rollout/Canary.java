package dev.slipway.ignition.rollout;

import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure.Malformed;
import dev.slipway.fdo.type.HashType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * A revision that some devices get before the others.
 *
 * @param percent of the devices, 1 to 100
 */
public record Canary(int revision, int percent) {

    private static final int WHOLE = 100;

    /** @throws Malformed if the percentage is none */
    public Canary {
        if (percent < 1 || percent > WHOLE) {
            throw new Malformed("the percentage of a canary is 1 to 100");
        }
    }

    /**
     * Whether a device is one of them. It has a place of its own among the devices of a profile, whatever the percentage and the revision: it
     * stays in as the percentage grows, and with each profile others go first.
     */
    public boolean includes(String profile, UUID device) {
        return place(profile, device) < percent / (double) WHOLE;
    }

    /** From 0 to below 1, evenly. */
    private static double place(String profile, UUID device) {
        ByteBuffer id = ByteBuffer.allocate(2 * Long.BYTES).putLong(device.getMostSignificantBits()).putLong(device.getLeastSignificantBits());
        byte[] name = profile.getBytes(StandardCharsets.UTF_8);
        byte[] hash = HashType.SHA256.hash(Bytes.owning(id.array()), Bytes.owning(name)).value().toArray();
        return (ByteBuffer.wrap(hash).getLong() >>> 11) * 0x1p-53;
    }
}
