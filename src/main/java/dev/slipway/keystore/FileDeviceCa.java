package dev.slipway.keystore;

import dev.slipway.bytes.Bytes;
import dev.slipway.fdo.key.DeviceCa;
import dev.slipway.fdo.key.TcgPolicy;
import dev.slipway.fdo.type.CertificateChain;
import dev.slipway.fdo.type.KeyType;
import dev.slipway.keystore.KeyFolder.CertifiedKey;
import java.security.PublicKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x500.X500Name;

/** Device certificate authorities, one of each strength: a key is certified by one of its own kind, if there is one. */
public final class FileDeviceCa implements DeviceCa {

    private final Map<KeyType, CertifiedKey> authorities;
    private final SelfSigned issuer;

    private FileDeviceCa(Map<KeyType, CertifiedKey> authorities, SelfSigned issuer) {
        this.authorities = authorities;
        this.issuer = issuer;
    }

    public static FileDeviceCa of(KeyFolder folder) {
        Map<KeyType, CertifiedKey> authorities = folder.keys(
                "device-ca", (selfSigned, type) -> selfSigned.authority(type, "Slipway device CA " + KeyFolder.alias(type)));
        return new FileDeviceCa(authorities, folder.selfSigned());
    }

    /** Of the authorities. */
    public List<X509Certificate> certificates() {
        return authorities.values().stream().map(CertifiedKey::certificate).toList();
    }

    @Override
    public CertificateChain issue(PublicKey deviceKey, String name, Set<TcgPolicy> policies) {
        return issue(deviceKey, SelfSigned.name(name), policies);
    }

    @Override
    public CertificateChain issue(PublicKey deviceKey, X500Principal subject, Set<TcgPolicy> policies) {
        return issue(deviceKey, X500Name.getInstance(subject.getEncoded()), policies);
    }

    private CertificateChain issue(PublicKey deviceKey, X500Name subject, Set<TcgPolicy> policies) {
        CertifiedKey authority = authorities.get(KeyType.of(deviceKey).orElseThrow());
        return chain(issuer.device(authority, deviceKey, subject, policies), authority);
    }

    @Override
    public CertificateChain issueAk(PublicKey ak, String name) {
        Optional<CertifiedKey> ofItsKind = KeyType.of(ak).flatMap(type -> Optional.ofNullable(authorities.get(type)));
        CertifiedKey authority = ofItsKind.orElseGet(() -> authorities.get(KeyType.SECP256R1));
        return chain(issuer.attestationKey(authority, ak, SelfSigned.name(name)), authority);
    }

    private static CertificateChain chain(Bytes certificate, CertifiedKey authority) {
        try {
            return CertificateChain.ofIssued(List.of(certificate, Bytes.owning(authority.certificate().getEncoded())));
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("an authority's certificate cannot be encoded", e);
        }
    }
}
