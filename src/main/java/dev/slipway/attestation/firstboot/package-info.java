/**
 * The first boot: a TPM that was enrolled quotes what its machine booted, and gets what only it can open. Read
 * {@link dev.slipway.attestation.firstboot.BootService} first.
 *
 * <p>Pure but for the challenges in memory: storage is the port {@link dev.slipway.attestation.firstboot.BootStore}, and which device it
 * is, the policies that it is held to, and its ticket come from {@link dev.slipway.attestation.firstboot.BootDevices}. What a machine may boot is
 * what its policies say, else what an operator accepted of this device, else it is recorded only.
 */
package dev.slipway.attestation.firstboot;
