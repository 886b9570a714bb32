package dev.slipway.simulator;

import dev.slipway.bytes.Bytes;
import dev.slipway.fdo.type.KeyType;
import java.io.IOException;
import java.math.BigInteger;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Who makes virtual TPMs, and certifies their EKs as vendors do: nobody should believe it outside of a test. */
public final class VirtualVendor {

    private static final X500Name NAME = new X500Name("CN=vendor of virtual TPMs");
    private static final X500Name NOBODY = new X500Name(new RDN[0]);
    private static final Duration VALIDITY = Duration.ofDays(3650);
    private static final String EK_CERTIFICATE = "2.23.133.8.1";
    private static final String TPM_MANUFACTURER = "2.23.133.2.1";
    private static final String TPM_MODEL = "2.23.133.2.2";
    private static final String TPM_VERSION = "2.23.133.2.3";

    private final DeviceKey root = DeviceKey.generate(KeyType.SECP256R1);
    private final Instant made = Instant.now().minus(Duration.ofDays(1));

    /** Adds extensions, as one that could not be encoded would fail. */
    @FunctionalInterface
    private interface Extensions {
        void addTo(X509v3CertificateBuilder builder) throws IOException;
    }

    /** The root that has to be trusted, DER. */
    public Bytes certificate() {
        return issue(BigInteger.ONE, NAME, root.publicKey(), builder -> {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign));
        });
    }

    /** An EK certificate, DER: the name of the TPM is in its alternative name only. */
    Bytes certify(PublicKey ek, Bytes serial) {
        X500Name tpm = new X500Name(new RDN[] {rdn(TPM_MANUFACTURER, "id:00000000"), rdn(TPM_MODEL, "virtual"), rdn(TPM_VERSION, "id:00000001")});
        return issue(new BigInteger(1, serial.toArray()), NOBODY, ek, builder -> {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyAgreement));
            builder.addExtension(
                    Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.getInstance(new ASN1ObjectIdentifier(EK_CERTIFICATE))));
            builder.addExtension(Extension.subjectAlternativeName, true, new GeneralNames(new GeneralName(tpm)));
        });
    }

    private static RDN rdn(String oid, String value) {
        return new RDN(new AttributeTypeAndValue(new ASN1ObjectIdentifier(oid), new DERUTF8String(value)));
    }

    private Bytes issue(BigInteger serial, X500Name subject, PublicKey key, Extensions extensions) {
        try {
            X509v3CertificateBuilder builder = new X509v3CertificateBuilder(
                    NAME, serial, Date.from(made), Date.from(made.plus(VALIDITY)), subject, SubjectPublicKeyInfo.getInstance(key.getEncoded()));
            extensions.addTo(builder);
            return Bytes.owning(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(root.privateKey())).getEncoded());
        } catch (OperatorCreationException | IOException e) {
            throw new IllegalStateException("cannot make a certificate", e);
        }
    }
}
