package dev.slipway.attestation.enrollment;

import dev.slipway.attestation.Reason;
import dev.slipway.tpm.Name;
import java.time.Instant;

/**
 * What was claimed of a device and is at odds with what is known of it, or was not proven again and again. It changes nothing; an operator
 * decides.
 *
 * @param ek Name of the EK of the TPM that claimed it
 * @param deviceKey Name of the device key that was claimed
 * @param at when it was claimed first
 * @param accepted whether the operator said that this TPM is the right one
 */
public record Contradiction(Subject subject, Name ek, Name deviceKey, Reason reason, Instant at, boolean accepted) {}
