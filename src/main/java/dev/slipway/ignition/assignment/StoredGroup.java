package dev.slipway.ignition.assignment;

import java.time.Instant;

/**
 * A group as it is stored.
 *
 * @param version counts its changes, from 1
 */
public record StoredGroup(Group group, long version, Instant changedAt) {}
