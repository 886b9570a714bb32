/**
 * How a profile gets to devices: immutable revisions, and channels that point at them.
 *
 * <p>{@link dev.slipway.ignition.rollout.Rollout} does what operators ask for: apply, promote, roll back. Nothing moves before the
 * {@link dev.slipway.ignition.rollout.Gate} has tried the revision with its samples and for each device that would get it, and what moves,
 * moves in one transaction, with its audit event. {@link dev.slipway.ignition.rollout.StoredProfiles} gives each device the revision that
 * its channel points at; {@link dev.slipway.ignition.rollout.RolloutDiff} says what would be different for devices.
 *
 * <p>Ports are {@link dev.slipway.ignition.rollout.RevisionStore} and
 * {@link dev.slipway.ignition.rollout.ContentStore}. The package knows no archive, file or HTTP.
 *
 * <p>The same contents are the same revision: applied again, they change nothing; applied after others, they are rolled back to.
 */
package dev.slipway.ignition.rollout;
