package dev.slipway.simulator;

import dev.slipway.bytes.SecretBytes;
import dev.slipway.fdo.type.Guid;
import dev.slipway.fdo.type.Hash;
import dev.slipway.fdo.type.RendezvousInfo;

/**
 * What a device keeps between protocols.
 *
 * @param publicKeyHash of the manufacturer's key, or of the owner's who onboarded it last
 * @see "FIDO Device Onboard 1.1, Device Credential"
 */
public record DeviceCredential(Guid guid, RendezvousInfo rvInfo, String deviceInfo, Hash publicKeyHash, SecretBytes hmacSecret) {}
