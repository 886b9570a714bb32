package dev.slipway.attestation.enrollment;

import java.time.Duration;

/**
 * How long and how often a device may try.
 *
 * @param validity of a challenge; TPMs take up to two seconds for each credential, and lines wait for people
 * @param maxFailures wrong answers after which an operator has to look
 * @param pinnedEks whether EKs without a certificate are taken, where an operator listed them
 */
public record EnrollmentPolicy(Duration validity, int maxFailures, boolean pinnedEks) {

    public static final EnrollmentPolicy DEFAULT = new EnrollmentPolicy(Duration.ofMinutes(5), 3, true);
}
