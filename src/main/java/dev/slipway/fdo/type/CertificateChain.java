package dev.slipway.fdo.type;

import dev.slipway.bytes.Bytes;
import dev.slipway.cbor.CborItem;
import dev.slipway.cbor.CborWriter;
import dev.slipway.failure.Failure.Malformed;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/**
 * X.509 certificates, each one certified by the next; the first is the device's, the last a root or one below it.
 *
 * <pre>OVDevCertChain = [ + bstr ]</pre>
 *
 * @param der the certificates as received
 * @see "FIDO Device Onboard 1.1, Device certificate chain"
 */
public record CertificateChain(List<Bytes> der, List<X509Certificate> certificates) {

    static final int DER_SEQUENCE = 0x30;
    private static final int MAX_CERTIFICATES = 10;
    private static final int MAX_CERTIFICATE_OCTETS = 8 * 1024;

    /** Of all certificates. */
    public int octets() {
        return der.stream().mapToInt(Bytes::length).sum();
    }

    /** @throws Malformed if it is empty, too long, or holds something that is no certificate */
    public static CertificateChain decode(CborItem item) {
        return of(item.array(1, MAX_CERTIFICATES).stream().map(CborItem::byteString).toList());
    }

    public static CertificateChain of(List<Bytes> der) {
        List<X509Certificate> certificates = new ArrayList<>();
        for (Bytes one : der) {
            certificates.add(parse(one));
        }
        return new CertificateChain(List.copyOf(der), List.copyOf(certificates));
    }

    private static X509Certificate parse(Bytes der) {
        if (der.length() > MAX_CERTIFICATE_OCTETS) {
            throw new Malformed("certificate of " + der.length() + " octets");
        }
        try {
            X509Certificate certificate = (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der.toArray()));
            if (certificate.getEncoded().length != der.length()) {
                throw new Malformed("octets after a certificate");
            }
            return certificate;
        } catch (CertificateException e) {
            throw new Malformed("not an X.509 certificate");
        }
    }

    /** @throws Malformed if the first certificate holds a key that cannot be read */
    public java.security.PublicKey leafKey() {
        return certificates.get(0).getPublicKey();
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
