package dev.slipway.policy;

import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure.ConfigInvalid;
import java.time.Instant;

/**
 * A policy as somebody applied it; kept for ever as it was.
 *
 * @param number from 1 on; the highest of a policy is in force
 * @param hash SHA-256 over the contents
 * @param comment why, in the words of the author
 * @param contents as given, see {@link PolicyReader}
 */
public record PolicyRevision(String policy, int number, Bytes hash, String author, String comment, Instant createdAt, Bytes contents) {

    /** @throws ConfigInvalid if this version does not understand it any more */
    public PolicyDocument read() {
        return PolicyReader.read(label(), contents);
    }

    /** For people: {@code gateway revision 3}. */
    public String label() {
        return policy + " revision " + number;
    }
}
