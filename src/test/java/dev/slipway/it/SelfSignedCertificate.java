package dev.slipway.it;

import dev.slipway.bytes.Bytes;
import java.math.BigInteger;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate for a key that travels as a chain. */
final class SelfSignedCertificate {

    private SelfSignedCertificate() {}

    static Bytes of(KeyPair pair) {
        try {
            X500Name name = new X500Name("CN=owner");
            Date from = Date.from(Instant.now().minus(Duration.ofDays(1)));
            Date until = Date.from(Instant.now().plus(Duration.ofDays(365)));
            return Bytes.owning(new JcaX509v3CertificateBuilder(name, BigInteger.ONE, from, until, name, pair.getPublic())
                    .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()))
                    .getEncoded());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
