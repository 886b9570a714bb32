/**
 * Factory enrolment: binds the GUID of a voucher to one TPM, once, while the device is still at the line.
 *
 * <p>The line sends public areas and the EK certificate; it gets a nonce that commits to all of them and to the GUID, and two credentials:
 * only the TPM that has EK, AK and device key can open both. What it answers is the hash of nonce and secrets, which the AK signs in a
 * certification of the device key. Read {@link dev.slipway.attestation.enrollment.Enroller} first.
 *
 * <p>The keys may be an IDevID and an IAK that the maker gave the TPM ("TPM 2.0 Keys for Device Identity and Attestation"): their policy lets the
 * device open credentials for them, so they are proven as others are. Where this service is a manufacturer, proven keys get certificates that
 * say so, for whoever asks: {@link dev.slipway.attestation.enrollment.CertificateWish}.
 *
 * <p>{@link dev.slipway.attestation.enrollment.EnrollmentService} keeps the challenges, in memory and bounded; what was proven, and what an operator
 * has to decide, goes through the port {@link dev.slipway.attestation.enrollment.EnrollmentStore}. HTTP and its formats are outside.
 */
package dev.slipway.attestation.enrollment;
