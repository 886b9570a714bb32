package dev.slipway.attestation;

import dev.slipway.bytes.Bytes;
import dev.slipway.tpm.SoftKey;
import dev.slipway.tpm.TpmtPublic;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A TPM vendor with a root, an intermediate and one TPM, with a knob for each thing that can be wrong with its EK certificate. */
public final class EkFixture {

    public static final Instant NOW = Instant.parse("2027-06-01T00:00:00Z");
    static final Instant BEFORE = Instant.parse("2020-01-01T00:00:00Z");
    static final Instant AFTER = Instant.parse("2040-01-01T00:00:00Z");

    public static final EkPolicy STRICT = new EkPolicy(EkPolicy.Mode.REFUSE, EkPolicy.Mode.REFUSE, EkDenyList.EMPTY);
    static final EkPolicy LENIENT = new EkPolicy(EkPolicy.Mode.NOTE, EkPolicy.Mode.NOTE, EkDenyList.EMPTY);

    private static final KeyPair RSA_EK = SoftKey.rsa().pair;
    private static final KeyPair ECC_EK = SoftKey.ecc().pair;

    private final KeyPair ek;
    private final KeyPair root = SoftKey.ecc().pair;
    private KeyPair intermediate = SoftKey.ecc().pair;

    private Instant notBefore = BEFORE;
    private Instant notAfter = AFTER;
    private Instant intermediateNotAfter = AFTER;
    private Instant rootNotAfter = AFTER;
    private BasicConstraints intermediateConstraints = new BasicConstraints(0);
    private BasicConstraints rootConstraints = new BasicConstraints(1);
    private int intermediateUsage = KeyUsage.keyCertSign;
    private boolean nameConstraints;
    private BasicConstraints constraints = new BasicConstraints(false);
    private List<String> usages = List.of("2.23.133.8.1");
    private Integer keyUsage;
    private List<RDN> tpm = separate("id:49465800", "SLB9672", "id:000F1A00");
    private X500Name subject = new X500Name(new RDN[0]);
    private boolean sanCritical = true;
    private String algorithm = "SHA256withECDSA";
    private String intermediateAlgorithm = "SHA256withECDSA";
    private boolean unknownCritical;
    private boolean oaepKey;
    private BigInteger serial = BigInteger.valueOf(77);
    private PublicKey certified;

    private EkFixture(KeyPair ek) {
        this.ek = ek;
        this.certified = ek.getPublic();
        this.keyUsage = ek.getPublic() instanceof RSAPublicKey ? KeyUsage.keyEncipherment : KeyUsage.keyAgreement;
    }

    public static EkFixture anRsaEk() {
        return new EkFixture(RSA_EK);
    }

    public static EkFixture anEccEk() {
        return new EkFixture(ECC_EK);
    }

    public EkFixture validBetween(Instant from, Instant until) {
        notBefore = from;
        notAfter = until;
        return this;
    }

    EkFixture withIntermediateUntil(Instant until) {
        intermediateNotAfter = until;
        return this;
    }

    EkFixture withRootUntil(Instant until) {
        rootNotAfter = until;
        return this;
    }

    EkFixture withIntermediateConstraints(BasicConstraints changed) {
        intermediateConstraints = changed;
        return this;
    }

    EkFixture withRootConstraints(BasicConstraints changed) {
        rootConstraints = changed;
        return this;
    }

    EkFixture withIntermediateUsage(int bits) {
        intermediateUsage = bits;
        return this;
    }

    EkFixture withNameConstraints() {
        nameConstraints = true;
        return this;
    }

    EkFixture asCa() {
        constraints = new BasicConstraints(true);
        return this;
    }

    EkFixture withoutBasicConstraints() {
        constraints = null;
        return this;
    }

    /** @param oids none for no extension at all */
    EkFixture withUsages(String... oids) {
        usages = List.of(oids);
        return this;
    }

    /** @param bits null for no extension at all */
    EkFixture withKeyUsage(Integer bits) {
        keyUsage = bits;
        return this;
    }

    EkFixture withTpm(List<RDN> rdns) {
        tpm = rdns;
        return this;
    }

    /** The name is in a subject, too: without one the JDK wants the alternative name critical, as RFC 5280 does. */
    EkFixture withSubjectAndUncriticalName() {
        subject = new X500Name("CN=TPM EK");
        sanCritical = false;
        return this;
    }

    EkFixture signedWith(String jcaName) {
        algorithm = jcaName;
        return this;
    }

    /** By an issuer with an RSA key. */
    EkFixture signedByRsaWith(String jcaName) {
        intermediate = SoftKey.rsa().pair;
        algorithm = jcaName;
        return this;
    }

    EkFixture withIntermediateSignedWith(String jcaName) {
        intermediateAlgorithm = jcaName;
        return this;
    }

    EkFixture withUnknownCriticalExtension() {
        unknownCritical = true;
        return this;
    }

    EkFixture withOaepKey() {
        oaepKey = true;
        return this;
    }

    public EkFixture withCertifiedKey(PublicKey key) {
        certified = key;
        return this;
    }

    /** One attribute in each RDN, in UTF-8. */
    static List<RDN> separate(String manufacturer, String model, String version) {
        return Arrays.stream(attributes(manufacturer, model, version)).map(RDN::new).toList();
    }

    /** All three in one RDN, as one vendor does, and printable strings. */
    static List<RDN> together(String manufacturer, String model, String version) {
        return List.of(new RDN(new AttributeTypeAndValue[] {
            attribute("2.23.133.2.1", new DERPrintableString(manufacturer)),
            attribute("2.23.133.2.2", new DERPrintableString(model)),
            attribute("2.23.133.2.3", new DERPrintableString(version))
        }));
    }

    private static AttributeTypeAndValue[] attributes(String manufacturer, String model, String version) {
        return new AttributeTypeAndValue[] {
            attribute("2.23.133.2.1", new DERUTF8String(manufacturer)),
            attribute("2.23.133.2.2", new DERUTF8String(model)),
            attribute("2.23.133.2.3", new DERUTF8String(version))
        };
    }

    private static AttributeTypeAndValue attribute(String oid, ASN1Encodable value) {
        return new AttributeTypeAndValue(new ASN1ObjectIdentifier(oid), value);
    }

    /** TPMT_PUBLIC by template L-1 or L-2. */
    public TpmtPublic publicArea() {
        return publicArea("000300b2");
    }

    TpmtPublic publicArea(String attributes) {
        String policy = "837197674484b3f81a90cc8d46a5d724fd52d76e06520b64f2a1da1b331469aa";
        String common = "000b" + attributes + "0020" + policy + "000600800043" + "0010";
        return TpmtPublic.decode(Bytes.fromHex(switch (ek.getPublic()) {
            case RSAPublicKey rsa -> "0001" + common + "0800" + "00000000" + "0100" + "%0512x".formatted(rsa.getModulus());
            case ECPublicKey ec -> "0023" + common + "00030010" + "0020%064x0020%064x".formatted(ec.getW().getAffineX(), ec.getW().getAffineY());
            default -> throw new AssertionError();
        }));
    }

    public KeyPair pair() {
        return ek;
    }

    public EkTrust trust() {
        return new EkTrust(List.of(rootCertificate()), List.of(intermediateCertificate()));
    }

    public X509Certificate rootCertificate() {
        return issue("CN=vendor root", "CN=vendor root", root.getPublic(), root, "SHA256withECDSA", rootNotAfter, rootConstraints, KeyUsage.keyCertSign);
    }

    public X509Certificate intermediateCertificate() {
        return issue("CN=vendor root", "CN=vendor CA", intermediate.getPublic(), root, intermediateAlgorithm, intermediateNotAfter,
                intermediateConstraints, intermediateUsage);
    }

    X509Certificate rootSignedByAnother() {
        return issue("CN=vendor root", "CN=vendor root", root.getPublic(), intermediate, "SHA256withECDSA", rootNotAfter, rootConstraints, KeyUsage.keyCertSign);
    }

    private X509Certificate issue(
            String issuer, String subject, PublicKey key, KeyPair signer, String jcaName, Instant until, BasicConstraints ca, int usage) {
        try {
            X509v3CertificateBuilder builder = new X509v3CertificateBuilder(
                    new X500Name(issuer), BigInteger.TEN, Date.from(BEFORE), Date.from(until), new X500Name(subject), spki(key));
            if (ca != null) {
                builder.addExtension(Extension.basicConstraints, true, ca);
            }
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
            if (nameConstraints && !issuer.equals(subject)) {
                GeneralSubtree subtree = new GeneralSubtree(new GeneralName(new X500Name("CN=TPMs")));
                builder.addExtension(Extension.nameConstraints, false, new NameConstraints(new GeneralSubtree[] {subtree}, null));
            }
            return new JcaX509CertificateConverter().getCertificate(builder.build(new JcaContentSignerBuilder(jcaName).build(signer.getPrivate())));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static SubjectPublicKeyInfo spki(PublicKey key) {
        return SubjectPublicKeyInfo.getInstance(key.getEncoded());
    }

    public EkCertificate certificate() {
        try {
            SubjectPublicKeyInfo plain = spki(certified);
            AlgorithmIdentifier oaep = new AlgorithmIdentifier(PKCSObjectIdentifiers.id_RSAES_OAEP, DERNull.INSTANCE);
            SubjectPublicKeyInfo key = oaepKey ? new SubjectPublicKeyInfo(oaep, plain.getPublicKeyData().getBytes()) : plain;
            X509v3CertificateBuilder builder = new X509v3CertificateBuilder(
                    new X500Name("CN=vendor CA"), serial, Date.from(notBefore), Date.from(notAfter), subject, key);
            addExtensions(builder);
            return EkCertificate.decode(Bytes.owning(builder.build(signer()).getEncoded()));
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private ContentSigner signer() throws OperatorCreationException {
        return new JcaContentSignerBuilder(algorithm).setProvider(new BouncyCastleProvider()).build(intermediate.getPrivate());
    }

    private void addExtensions(X509v3CertificateBuilder builder) throws Exception {
        if (constraints != null) {
            builder.addExtension(Extension.basicConstraints, true, constraints);
        }
        if (keyUsage != null) {
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(keyUsage));
        }
        if (!usages.isEmpty()) {
            List<KeyPurposeId> purposes = new ArrayList<>();
            usages.forEach(oid -> purposes.add(KeyPurposeId.getInstance(new ASN1ObjectIdentifier(oid))));
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purposes.toArray(KeyPurposeId[]::new)));
        }
        GeneralName name = new GeneralName(new X500Name(tpm.toArray(RDN[]::new)));
        builder.addExtension(Extension.subjectAlternativeName, sanCritical, new GeneralNames(name));
        if (unknownCritical) {
            builder.addExtension(new ASN1ObjectIdentifier("1.3.6.1.4.1.99999.1"), true, new byte[] {5, 0});
        }
    }
}
