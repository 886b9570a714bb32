package dev.slipway.attestation;

import dev.slipway.failure.Finding.Severity;
import dev.slipway.failure.Finding;
import dev.slipway.tpm.TpmtPublic;
import java.security.PublicKey;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whether a vendor of TPMs certified an EK. All checks are made, and all that fail are told.
 *
 * @see "TCG EK Credential Profile for TPM Family 2.0, X.509 EK Certificate"
 */
public final class EkCertificateVerifier {

    private static final String EK_USAGE = "2.23.133.8.1";
    private static final String AK_USAGE = "2.23.133.8.3";
    private static final int NO_CA = -1;
    private static final int KEY_ENCIPHERMENT = 2;
    private static final int KEY_AGREEMENT = 4;

    /** Key usage, subject alternative name, basic constraints, policies (of which any will do), extended key usage. */
    private static final Set<String> UNDERSTOOD = Set.of("2.5.29.15", "2.5.29.17", "2.5.29.19", "2.5.29.32", "2.5.29.37");

    private final EkTrustSource trust;
    private final EkPolicy policy;

    public EkCertificateVerifier(EkTrustSource trust, EkPolicy policy) {
        this.trust = trust;
        this.policy = policy;
    }

    /**
     * @param offered further certificates that the peer sent; nothing is believed because it is among them
     * @param ekPub the public area that the certificate is offered for
     * @throws dev.slipway.failure.Failure.AttestationRejected with all findings; its code is that of the first
     */
    public VerifiedEk verify(EkCertificate ek, List<X509Certificate> offered, TpmtPublic ekPub, Instant now) {
        X509Certificate certificate = ek.certificate();
        List<Finding> findings = new ArrayList<>();
        // spec: whatever is marked critical is understood
        checkCriticalExtensions(certificate, findings);
        // spec: a pinned root stands above it, by issuers that are valid now
        check(new EkIssuers(trust.current(), offered, now).leadToRoot(certificate), Reason.UNTRUSTED, "issued by " + certificate.getIssuerX500Principal()
                + ", above whom no pinned root of a TPM vendor was found; import the vendor's root, and intermediates that are missing", findings);
        // spec: it is valid; a TPM cannot renew it, so its end may be passed over
        checkDates(certificate, now, findings);
        // spec: it is no CA
        check(certificate.getBasicConstraints() == NO_CA, Reason.IS_CA, "an EK certificate is none of a CA", findings);
        // spec: it is for an EK, and not for an AK
        checkUsage(ek, findings);
        // spec: it names manufacturer, model and version of the TPM
        Optional<TpmIdentity> tpm = TpmIdentity.of(certificate);
        check(tpm.isPresent(), Reason.SAN, "its alternative name does not say manufacturer, model and version of a TPM", findings);
        // spec: its key is that of the public area
        check(ekPub.key().isKey(ek.key()), Reason.KEY_MISMATCH, "certifies another key than that of the EK", findings);
        // spec: the public area is made from an EK template
        EndorsementKey.defect(ekPub).ifPresent(defect -> findings.add(Reason.EK_ATTRIBUTES.finding("ek", defect)));
        // spec: neither key, certificate nor firmware is known to be weak or stolen
        checkDenied(ek, ekPub, tpm, findings);
        new Appraisal(findings).requireAccepted();
        boolean eccAksDenied = policy.denied().denies(tpm.orElseThrow(), EkDenyList.Scope.ECC_AKS);
        return new VerifiedEk(EndorsementKey.of(ekPub), ek, tpm.get(), findings, eccAksDenied);
    }

    /**
     * What is held against an EK itself, whoever vouches for it.
     *
     * @throws dev.slipway.failure.Failure.AttestationRejected if it is denied, or its key is weak
     */
    public void requireNotDenied(TpmtPublic ekPub) {
        List<Finding> findings = new ArrayList<>();
        checkKeyDenied(ekPub, ekPub.key().publicKey(), findings);
        new Appraisal(findings).requireAccepted();
    }

    private static void check(boolean passed, Reason reason, String otherwise, List<Finding> findings) {
        if (!passed) {
            findings.add(reason.finding("ek-certificate", otherwise));
        }
    }

    private static void note(EkPolicy.Mode mode, Reason reason, String message, List<Finding> findings) {
        Severity severity = mode == EkPolicy.Mode.REFUSE ? Severity.ERROR : Severity.WARNING;
        findings.add(new Finding(reason.id(), "ek-certificate", severity, message, Optional.empty()));
    }

    private static void checkCriticalExtensions(X509Certificate certificate, List<Finding> findings) {
        Set<String> critical = certificate.getCriticalExtensionOIDs();
        Set<String> unknown = new TreeSet<>(critical == null ? Set.of() : critical);
        unknown.removeAll(UNDERSTOOD);
        check(unknown.isEmpty(), Reason.CRITICAL_EXT, "has critical extensions that are not understood, " + unknown, findings);
    }

    private void checkDates(X509Certificate certificate, Instant now, List<Finding> findings) {
        Instant from = certificate.getNotBefore().toInstant();
        Instant until = certificate.getNotAfter().toInstant();
        check(!now.isBefore(from), Reason.NOT_YET_VALID, "is valid from " + from, findings);
        if (now.isAfter(until)) {
            note(policy.expired(), Reason.EXPIRED, "expired at " + until, findings);
        }
    }

    private void checkUsage(EkCertificate ek, List<Finding> findings) {
        Optional<List<String>> usages = extendedKeyUsage(ek.certificate());
        if (usages.isEmpty()) {
            note(policy.withoutUsage(), Reason.EKU, "does not say what it is for", findings);
        } else {
            boolean forEk = usages.get().contains(EK_USAGE) && !usages.get().contains(AK_USAGE);
            check(forEk, Reason.EKU, "is for " + usages.get() + " and not for an EK, " + EK_USAGE, findings);
        }
        boolean[] keyUsage = ek.certificate().getKeyUsage();
        int needed = ek.key() instanceof ECPublicKey ? KEY_AGREEMENT : KEY_ENCIPHERMENT;
        check(keyUsage == null || keyUsage[needed], Reason.EKU, "its key usage does not let an EK open what is encrypted to it", findings);
    }

    /** Empty if there is none; an unreadable one is for nothing. */
    private static Optional<List<String>> extendedKeyUsage(X509Certificate certificate) {
        try {
            return Optional.ofNullable(certificate.getExtendedKeyUsage());
        } catch (CertificateParsingException e) {
            return Optional.of(List.of());
        }
    }

    private void checkDenied(EkCertificate ek, TpmtPublic ekPub, Optional<TpmIdentity> tpm, List<Finding> findings) {
        EkDenyList denied = policy.denied();
        check(!denied.deniesCertificate(ek), Reason.EK_DENIED, "is on the deny list by issuer and serial number", findings);
        check(tpm.isEmpty() || !denied.denies(tpm.get(), EkDenyList.Scope.EVERYTHING), Reason.EK_DENIED,
                "TPMs with the firmware of this one are on the deny list", findings);
        checkKeyDenied(ekPub, ek.key(), findings);
    }

    private void checkKeyDenied(TpmtPublic ekPub, PublicKey key, List<Finding> findings) {
        check(!policy.denied().denies(ekPub.name()), Reason.EK_DENIED, "its EK is on the deny list", findings);
        boolean roca = key instanceof RSAPublicKey rsa && Roca.marks(rsa.getModulus());
        check(!roca, Reason.EK_DENIED, "its RSA key can be factored (ROCA, CVE-2017-15361); the TPM needs new firmware and a new EK", findings);
    }
}
