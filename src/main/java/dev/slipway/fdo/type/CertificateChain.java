package dev.slipway.fdo.type;

import dev.slipway.bytes.Bytes;
import dev.slipway.cbor.CborItem;
import dev.slipway.cbor.CborWriter;
import dev.slipway.der.Der;
import dev.slipway.failure.Failure.Malformed;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.security.auth.x500.X500Principal;

/**
 * X.509 certificates, each one certified by the next; the first is the device's, the last a root or one below it.
 *
 * <pre>OVDevCertChain = [ + bstr ]</pre>
 *
 * @see "FIDO Device Onboard 1.1, Device certificate chain"
 */
public final class CertificateChain {

    private static final int VERSION = 0xa0;
    /** Serial number, signature, issuer, validity and subject; before them, the version where it is stated. */
    private static final int FIELDS_BEFORE_KEY = 5;
    /** Serial number and signature. */
    private static final int FIELDS_BEFORE_ISSUER = 2;
    private static final int MAX_CERTIFICATES = 10;
    private static final int MAX_CERTIFICATE_OCTETS = 8 * 1024;

    private final List<Bytes> der;
    /** Both null until somebody wants them; whoever sets them sets the same. */
    private volatile List<X509Certificate> certificates;
    private volatile java.security.PublicKey leafKey;

    private CertificateChain(List<Bytes> der) {
        this.der = List.copyOf(der);
    }

    /** Of all certificates. */
    public int octets() {
        return der.stream().mapToInt(Bytes::length).sum();
    }

    /** @throws Malformed if it is empty, too long, or holds something that is no certificate */
    public static CertificateChain decode(CborItem item) {
        return of(octets(item));
    }

    /** The same from storage, which holds only what was decoded before: certificates are read when they are wanted. */
    public static CertificateChain decodeStored(CborItem item) {
        return new CertificateChain(octets(item));
    }

    private static List<Bytes> octets(CborItem item) {
        return item.array(1, MAX_CERTIFICATES).stream().map(CborItem::byteString).toList();
    }

    /** @throws Malformed if one is no certificate in DER, or too long */
    public static CertificateChain of(List<Bytes> der) {
        CertificateChain chain = new CertificateChain(der);
        chain.certificates();
        return chain;
    }

    /** The same of certificates that were just made here. The JDK would keep each that it reads, for no use, long enough to cost full collections. */
    public static CertificateChain ofIssued(List<Bytes> der) {
        return new CertificateChain(der);
    }

    /** As received. */
    public List<Bytes> der() {
        return der;
    }

    /** The leaf first. */
    public List<X509Certificate> certificates() {
        List<X509Certificate> all = certificates;
        if (all == null) {
            all = parseAll(der);
            certificates = all;
        }
        return all;
    }

    /** @throws Malformed if one is no certificate in DER, or too long */
    public static List<X509Certificate> parseAll(List<Bytes> der) {
        return der.stream().map(CertificateChain::parse).toList();
    }

    private static X509Certificate parse(Bytes der) {
        if (der.length() > MAX_CERTIFICATE_OCTETS) {
            throw new Malformed("certificate of " + der.length() + " octets");
        }
        try {
            X509Certificate certificate = (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der.toArray()));
            if (!Bytes.owning(certificate.getEncoded()).equals(der)) {
                throw new Malformed("certificate that is not in DER, or octets after it");
            }
            return certificate;
        } catch (CertificateException e) {
            throw new Malformed("not an X.509 certificate");
        }
    }

    /** Of any kind that the JDK knows: which one is a device's is for a verifier to say. */
    public java.security.PublicKey leafKey() {
        java.security.PublicKey key = leafKey;
        if (key == null) {
            List<X509Certificate> read = certificates;
            key = read == null ? SubjectPublicKeyInfo.decodeStored(field(der.get(0), FIELDS_BEFORE_KEY)) : read.get(0).getPublicKey();
            leafKey = key;
        }
        return key;
    }

    /** Who certified the device's key. */
    public X500Principal leafIssuer() {
        return new X500Principal(field(der.get(0), FIELDS_BEFORE_ISSUER).toArray());
    }

    /** One out of a certificate (RFC 5280, Basic Certificate Fields), of which the JDK would read all the rest as well. */
    private static Bytes field(Bytes certificate, int before) {
        List<Der> fields = Der.first(Der.first(certificate).content()).children();
        int version = fields.get(0).is(VERSION) ? 1 : 0;
        return fields.get(version + before).whole();
    }

    /** The hash over the certificates one after the other, without any CBOR framing. */
    public Hash hash(HashType type) {
        return type.hash(der.toArray(Bytes[]::new));
    }

    public Bytes encode() {
        CborWriter writer = new CborWriter().array(der.size());
        der.forEach(writer::byteString);
        return writer.toBytes();
    }
}
