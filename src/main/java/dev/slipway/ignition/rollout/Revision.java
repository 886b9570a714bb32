package dev.slipway.ignition.rollout;

import dev.slipway.audit.Author;
import dev.slipway.bytes.Bytes;
import java.time.Instant;

/**
 * A profile as somebody applied it.
 *
 * @param number from 1, one more with each revision of the profile
 * @param hash of everything in it, see {@link dev.slipway.ignition.ProfileManifest#sha256()}; no two revisions of a profile have the same
 * @param author the operator, or {@link Author#FOLDER}
 */
public record Revision(String profile, int number, Bytes hash, String author, String comment, Instant createdAt) {}
