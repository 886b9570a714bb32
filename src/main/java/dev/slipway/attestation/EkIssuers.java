package dev.slipway.attestation;

import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertStore;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXCertPathBuilderResult;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.security.spec.PSSParameterSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the way from an EK certificate up to a pinned root. The JDK's path builder walks from the issuer on: it has one date for a whole
 * path, while an EK certificate may be older than its issuer, and past its end, where issuers must be valid now.
 *
 * @see "RFC 5280, Certification Path Validation"
 */
final class EkIssuers {

    private static final int KEY_CERT_SIGN = 5;
    private static final int NO_CA = -1;
    private static final int MAX_ISSUERS = 5;
    private static final String NAME_CONSTRAINTS = "2.5.29.30";

    private final List<X509Certificate> anchors;
    private final List<X509Certificate> others;
    private final Instant now;

    /** @param offered what the peer sent along */
    EkIssuers(EkTrust trust, List<X509Certificate> offered, Instant now) {
        this.now = now;
        this.anchors = trust.anchors().stream().filter(this::isValidNow).toList();
        this.others = Stream.concat(trust.intermediates().stream(), offered.stream()).filter(this::isValidNow).distinct().toList();
    }

    private boolean isValidNow(X509Certificate certificate) {
        return !now.isBefore(certificate.getNotBefore().toInstant()) && !now.isAfter(certificate.getNotAfter().toInstant());
    }

    /** Whether a root stands above this certificate, by issuers that are all valid now and may all issue what they issued. */
    boolean leadToRoot(X509Certificate ek) {
        return !isWeak(ek)
                && Stream.concat(anchors.stream(), others.stream())
                        .filter(issuer -> issuer.getSubjectX500Principal().equals(ek.getIssuerX500Principal()))
                        .filter(issuer -> isSignedBy(ek, issuer))
                        .anyMatch(issuer -> path(issuer).filter(EkIssuers::mayIssue).isPresent());
    }

    /** From the issuer of the EK certificate up to and including the root. */
    private Optional<List<X509Certificate>> path(X509Certificate issuer) {
        if (anchors.contains(issuer)) {
            return Optional.of(List.of(issuer));
        }
        if (anchors.isEmpty()) {
            return Optional.empty();
        }
        try {
            PKIXCertPathBuilderResult result = (PKIXCertPathBuilderResult) CertPathBuilder.getInstance("PKIX").build(parameters(issuer));
            List<X509Certificate> path = new ArrayList<>();
            result.getCertPath().getCertificates().forEach(certificate -> path.add((X509Certificate) certificate));
            path.add(result.getTrustAnchor().getTrustedCert());
            return Optional.of(path);
        } catch (CertPathBuilderException e) {
            return Optional.empty();
        } catch (NoSuchAlgorithmException | InvalidAlgorithmParameterException e) {
            throw new IllegalStateException("no path building in this JDK", e);
        }
    }

    private PKIXBuilderParameters parameters(X509Certificate issuer) throws InvalidAlgorithmParameterException, NoSuchAlgorithmException {
        X509CertSelector target = new X509CertSelector();
        target.setCertificate(issuer);
        Set<TrustAnchor> roots = anchors.stream().map(anchor -> new TrustAnchor(anchor, null)).collect(Collectors.toSet());
        PKIXBuilderParameters parameters = new PKIXBuilderParameters(roots, target);
        parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(others)));
        parameters.setDate(Date.from(now));
        parameters.setMaxPathLength(MAX_ISSUERS);
        // Where devices are made no server can be reached; see EkDenyList.
        parameters.setRevocationEnabled(false);
        return parameters;
    }

    /** What the path builder does not check, since to it the issuer is the end: that all are CAs with enough path length above an EK. */
    private static boolean mayIssue(List<X509Certificate> path) {
        for (int below = 0; below < path.size(); below++) {
            X509Certificate ca = path.get(below);
            boolean[] usage = ca.getKeyUsage();
            boolean mayCertify = ca.getBasicConstraints() != NO_CA && ca.getBasicConstraints() >= below && (usage == null || usage[KEY_CERT_SIGN]);
            // Constraints on names would be on the EK certificate's, which the path builder did not see; no TPM vendor has any.
            boolean unconstrained = ca.getExtensionValue(NAME_CONSTRAINTS) == null;
            boolean root = below == path.size() - 1;
            if (!mayCertify || !unconstrained || !root && isWeak(ca)) {
                return false;
            }
        }
        return true;
    }

    /** A signature over SHA-1 or less can be moved to another certificate. */
    private static boolean isWeak(X509Certificate certificate) {
        String algorithm = signatureHash(certificate).toUpperCase(Locale.ROOT);
        return algorithm.startsWith("SHA1") || algorithm.startsWith("SHA-1") || algorithm.startsWith("MD");
    }

    /** A name that begins with that of the hash; RSASSA-PSS keeps it in its parameters. */
    private static String signatureHash(X509Certificate certificate) {
        if (!certificate.getSigAlgName().equals("RSASSA-PSS")) {
            return certificate.getSigAlgName();
        }
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("RSASSA-PSS");
            parameters.init(certificate.getSigAlgParams());
            return parameters.getParameterSpec(PSSParameterSpec.class).getDigestAlgorithm();
        } catch (GeneralSecurityException | IOException e) {
            return "MD of unreadable parameters";
        }
    }

    static boolean isSignedBy(X509Certificate certificate, X509Certificate issuer) {
        try {
            certificate.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
