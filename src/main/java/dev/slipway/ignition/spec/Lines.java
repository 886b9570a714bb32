package dev.slipway.ignition.spec;

import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Finding.Position;
import java.util.Arrays;

/** Lines of a text; turns offsets into line and column. */
final class Lines {

    private final int length;
    private final int[] starts;

    Lines(Bytes text) {
        byte[] octets = text.toArray();
        int[] found = new int[16];
        int count = 1;
        for (int i = 0; i < octets.length; i++) {
            if (octets[i] == '\n') {
                found = count < found.length ? found : Arrays.copyOf(found, 2 * count);
                found[count++] = i + 1;
            }
        }
        length = octets.length;
        starts = Arrays.copyOf(found, count);
    }

    /** @param offset of an octet, from 0 */
    Position position(long offset) {
        int bounded = Math.clamp(offset, 0, length);
        int found = Arrays.binarySearch(starts, bounded);
        int line = found >= 0 ? found : -found - 2;
        return new Position(line + 1, bounded - starts[line] + 1);
    }
}
