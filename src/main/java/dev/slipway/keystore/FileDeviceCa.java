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
import java.util.Set;

/** Device certificate authorities, one of each strength: a device's certificate is signed by a key of its own kind. */
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
        CertifiedKey authority = authorities.get(KeyType.of(deviceKey).orElseThrow());
        X509Certificate device = issuer.device(authority, deviceKey, name, policies);
        try {
            return CertificateChain.of(List.of(Bytes.owning(device.getEncoded()), Bytes.owning(authority.certificate().getEncoded())));
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate just made cannot be encoded", e);
        }
    }
}
