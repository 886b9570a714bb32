package dev.slipway.it;

import dev.slipway.bytes.Bytes;
import dev.slipway.fdo.VoucherFixture;
import dev.slipway.fdo.key.PublicKeyPem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CertificatePolicies;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.PolicyInformation;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Somebody who makes devices with an IDevID in their TPMs, certifies it as the TCG wants it, and gives them vouchers for it. */
final class DevidMaker {

    private static final String NAME = "CN=OEM DevID root";
    /** tcg-cap-verifiedTPMResidency and tcg-cap-verifiedTPMFixed. */
    private static final List<String> STATED = List.of("2.23.133.11.1.1", "2.23.133.11.1.2");

    private final KeyPair key = VoucherFixture.key("secp384r1");
    private final X509Certificate root = certificate(new X500Name(NAME), key.getPublic(), true);

    private X509Certificate certificate(X500Name subject, PublicKey certified, boolean authority) {
        Instant now = Instant.now();
        try {
            X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    new X500Name(NAME), new BigInteger(64, VoucherFixture.RANDOM), Date.from(now.minus(Duration.ofDays(30))),
                    Date.from(Instant.parse("9999-12-31T23:59:59Z")), subject, certified);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
            if (!authority) {
                PolicyInformation[] policies =
                        STATED.stream().map(oid -> new PolicyInformation(new ASN1ObjectIdentifier(oid))).toArray(PolicyInformation[]::new);
                builder.addExtension(Extension.certificatePolicies, false, new CertificatePolicies(policies));
            }
            return new JcaX509CertificateConverter().getCertificate(
                    builder.build(new JcaContentSignerBuilder("SHA384withECDSA").build(key.getPrivate())));
        } catch (GeneralSecurityException | CertIOException | OperatorCreationException e) {
            throw new AssertionError(e);
        }
    }

    /** A voucher whose device certificate is that of this IDevID. */
    VoucherFixture voucher(PublicKey idevid) {
        X509Certificate certificate = certificate(new X500Name("CN=IDevID"), idevid, false);
        return VoucherFixture.aVoucher().withChain(own -> List.of(der(certificate), der(root)));
    }

    private static Bytes der(X509Certificate certificate) {
        try {
            return Bytes.owning(certificate.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    Path rootFile(Path folder) {
        try {
            return Files.writeString(folder.resolve("devid-root.pem"), PublicKeyPem.encode(root));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
