package dev.slipway.fdo.key;

import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.CertificatePolicies;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.PolicyInformation;

/**
 * What a CA says of a key that it certified, since it saw the evidence.
 *
 * @see "TPM 2.0 Keys for Device Identity and Attestation, Certificate Policy OIDs"
 */
public enum TcgPolicy {
    /** tcg-cap-verifiedTPMResidency: it is in a TPM. */
    VERIFIED_TPM_RESIDENCY("2.23.133.11.1.1"),
    /** tcg-cap-verifiedTPMFixed: it cannot leave it. */
    VERIFIED_TPM_FIXED("2.23.133.11.1.2"),
    /** tcg-cap-verifiedTPMRestricted: it signs what its TPM made, and nothing else. */
    VERIFIED_TPM_RESTRICTED("2.23.133.11.1.3");

    public static final Set<TcgPolicy> OF_A_DEVICE_KEY = Set.of(VERIFIED_TPM_RESIDENCY, VERIFIED_TPM_FIXED);
    public static final Set<TcgPolicy> OF_AN_AK = Set.of(VERIFIED_TPM_RESIDENCY, VERIFIED_TPM_RESTRICTED);

    private final String oid;

    TcgPolicy(String oid) {
        this.oid = oid;
    }

    public String oid() {
        return oid;
    }

    /** What a certificate says; whether its issuer is believed is another question. */
    public static Set<TcgPolicy> of(X509Certificate certificate) {
        byte[] extension = certificate.getExtensionValue(Extension.certificatePolicies.getId());
        if (extension == null) {
            return Set.of();
        }
        try {
            Set<String> stated = Arrays.stream(CertificatePolicies.getInstance(ASN1OctetString.getInstance(extension).getOctets()).getPolicyInformation())
                    .map(PolicyInformation::getPolicyIdentifier)
                    .map(Object::toString)
                    .collect(Collectors.toSet());
            return Arrays.stream(values()).filter(policy -> stated.contains(policy.oid)).collect(Collectors.toSet());
        } catch (IllegalArgumentException e) {
            return Set.of();
        }
    }
}
