package dev.slipway.keystore;

import dev.slipway.bytes.Bytes;
import dev.slipway.cose.EcCurve;
import dev.slipway.fdo.key.TcgPolicy;
import dev.slipway.fdo.type.CertificateChain;
import dev.slipway.fdo.type.KeyType;
import dev.slipway.fdo.type.RandomSource;
import dev.slipway.keystore.KeyFolder.CertifiedKey;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CertificatePolicies;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.PolicyInformation;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Makes keys and certificates. */
final class SelfSigned {

    private static final Duration VALIDITY = Duration.ofDays(40 * 365L);
    /** Clocks on a factory line may be behind ours. */
    private static final Duration BACKDATING = Duration.ofDays(1);

    private static final int SERIAL_OCTETS = 16;
    /** tcg-kp-AIKCertificate. */
    private static final ASN1ObjectIdentifier AIK_CERTIFICATE = new ASN1ObjectIdentifier("2.23.133.8.3");

    private final RandomSource random;
    private final Clock clock;

    SelfSigned(RandomSource random, Clock clock) {
        this.random = random;
        this.clock = clock;
    }

    /** A key whose certificate is of use only because a key file wants one. */
    CertifiedKey plain(KeyType type, String name) {
        return selfSigned(type, name, builder -> {});
    }

    /** The same for a key that is there already. */
    CertifiedKey around(PrivateKey privateKey, PublicKey publicKey, String name) {
        X500Name subject = name(name);
        return new CertifiedKey(privateKey, certificate(issue(privateKey, subject, subject, publicKey, builder -> {})));
    }

    CertifiedKey authority(KeyType type, String name) {
        return selfSigned(type, name, builder -> {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
        });
    }

    CertifiedKey server(KeyType type, List<String> hosts) {
        return selfSigned(type, hosts.get(0), builder -> {
            GeneralName[] names = hosts.stream().map(SelfSigned::generalName).toArray(GeneralName[]::new);
            builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
        });
    }

    private static GeneralName generalName(String host) {
        boolean ip = host.indexOf(':') >= 0 || host.matches("[0-9.]+");
        return new GeneralName(ip ? GeneralName.iPAddress : GeneralName.dNSName, host);
    }

    private CertifiedKey selfSigned(KeyType type, String name, Extensions extensions) {
        KeyPair pair = generate(type.curve());
        X500Name subject = name(name);
        return new CertifiedKey(pair.getPrivate(), certificate(issue(pair.getPrivate(), subject, subject, pair.getPublic(), extensions)));
    }

    /** A certificate for a device, by an authority; in DER, as are those that follow. */
    Bytes device(CertifiedKey authority, PublicKey deviceKey, X500Name subject, Set<TcgPolicy> policies) {
        return signing(authority, deviceKey, subject, policies, builder -> {});
    }

    /** A certificate for an AK, by an authority: all that the TCG has words for is known of it. */
    Bytes attestationKey(CertifiedKey authority, PublicKey ak, X500Name subject) {
        return signing(authority, ak, subject, EnumSet.allOf(TcgPolicy.class), builder ->
                builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.getInstance(AIK_CERTIFICATE))));
    }

    private Bytes signing(CertifiedKey authority, PublicKey key, X500Name subject, Set<TcgPolicy> policies, Extensions others) {
        X500Name issuer = X500Name.getInstance(authority.certificate().getSubjectX500Principal().getEncoded());
        return issue(authority.privateKey(), issuer, subject, key, builder -> {
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            if (!policies.isEmpty()) {
                builder.addExtension(Extension.certificatePolicies, false, certificatePolicies(policies));
            }
            others.addTo(builder);
        });
    }

    private static CertificatePolicies certificatePolicies(Set<TcgPolicy> policies) {
        return new CertificatePolicies(policies.stream()
                .sorted()
                .map(policy -> new PolicyInformation(new ASN1ObjectIdentifier(policy.oid())))
                .toArray(PolicyInformation[]::new));
    }

    private Bytes issue(PrivateKey issuerKey, X500Name issuer, X500Name subject, PublicKey key, Extensions extensions) {
        Instant now = clock.instant();
        BigInteger serial = new BigInteger(1, random.next(SERIAL_OCTETS).toArray()).setBit(0);
        try {
            X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    issuer, serial, Date.from(now.minus(BACKDATING)), Date.from(now.plus(VALIDITY)), subject, key);
            extensions.addTo(builder);
            String algorithm = EcCurve.of(issuerKey)
                    .map(curve -> curve == EcCurve.P_256 ? "SHA256withECDSA" : "SHA384withECDSA")
                    .orElse("SHA256withRSA");
            return Bytes.owning(builder.build(new JcaContentSignerBuilder(algorithm).build(issuerKey)).getEncoded());
        } catch (OperatorCreationException | IOException e) {
            throw new IllegalStateException("cannot issue a certificate", e);
        }
    }

    private static X509Certificate certificate(Bytes der) {
        return CertificateChain.parseAll(List.of(der)).get(0);
    }

    private static KeyPair generate(EcCurve curve) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(curve.jcaName()));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot make a key", e);
        }
    }

    static X500Name name(String commonName) {
        return new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, commonName).build();
    }

    @FunctionalInterface
    private interface Extensions {
        void addTo(X509v3CertificateBuilder builder) throws CertIOException;
    }
}
