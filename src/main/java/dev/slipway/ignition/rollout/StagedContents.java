package dev.slipway.ignition.rollout;

import dev.slipway.ignition.ProfileContents;

/** What was taken in, and belongs to no revision yet. Large files in it are on disk; they go away some time, unless it becomes a revision. */
public interface StagedContents extends ProfileContents {}
