package dev.slipway.fdo.to2;

import dev.slipway.fdo.type.RendezvousInfo;

/** @param rvInfo where a device looks for its owner after this onboarding */
public record CredentialPolicy(RendezvousInfo rvInfo) {}
