package dev.slipway.policy;

import dev.slipway.attestation.Booted;

/**
 * What one device booted, that is believed to boot what it should.
 *
 * @param device for people
 * @param booted as it came
 */
public record LearnedBoot(String device, Booted booted) {}
