package dev.slipway.admin;

import dev.slipway.attestation.EkTrust;
import dev.slipway.attestation.EndorsementKey;
import dev.slipway.audit.AuditEvent;
import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure.NotFound;
import dev.slipway.fdo.key.PublicKeyPem;
import dev.slipway.fdo.type.HashType;
import dev.slipway.fdo.type.PublicKey;
import dev.slipway.fdo.voucher.TrustStore.Anchor;
import dev.slipway.fdo.voucher.TrustStore.Kind;
import dev.slipway.fdo.voucher.TrustStore;
import dev.slipway.tpm.TpmtPublic;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Whom the operator believes: {@code device-ca}, {@code manufacturer}, {@code owner}, {@code tpm-ca}, {@code tpm-ek}. */
@Path("/api/v1/trust")
@RunOnVirtualThread
@Produces("application/json")
public final class TrustResource {

    private final TrustStore store;
    private final Clock clock;

    public TrustResource(TrustStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** @param fingerprint SHA-256 of the certificate, of the SubjectPublicKeyInfo, or of the TPM2B_PUBLIC */
    public record View(String kind, String fingerprint, String name, Instant addedAt) {

        private static View of(Anchor anchor) {
            return new View(CheckView.word(anchor.kind()), anchor.fingerprint().toHex(), anchor.name(), anchor.addedAt());
        }
    }

    @GET
    public List<View> list() {
        return store.list().stream().map(View::of).toList();
    }

    /**
     * @param file PEM: certificates of device CAs; public keys or certificates of manufacturers and owners; certificates of TPM vendors, of
     *     which one may be in DER; or an EK as a TPM2B_PUBLIC
     */
    @POST
    @Path("{kind}")
    @Consumes("*/*")
    public List<View> add(@PathParam("kind") String kind, byte[] file) {
        String pem = new String(file, StandardCharsets.UTF_8);
        List<Anchor> anchors =
                switch (kind(kind)) {
                    case DEVICE_CA -> PublicKeyPem.decodeCertificates(pem).stream().map(authority -> certificate(Kind.DEVICE_CA, authority)).toList();
                    case MANUFACTURER -> PublicKeyPem.decode(pem).stream().map(key -> key(Kind.MANUFACTURER, key)).toList();
                    case OWNER -> PublicKeyPem.decode(pem).stream().map(key -> key(Kind.OWNER, key)).toList();
                    case TPM_CA -> TpmVendorFile.certificates(file).stream().map(authority -> certificate(Kind.TPM_CA, authority)).toList();
                    case TPM_EK -> List.of(ek(Bytes.owning(file)));
                };
        Map<String, String> added =
                anchors.stream().collect(Collectors.toMap(anchor -> anchor.fingerprint().toHex(), Anchor::name, (name, same) -> name));
        store.add(anchors, event("trust.added", added));
        return anchors.stream().map(View::of).toList();
    }

    private Anchor certificate(Kind kind, X509Certificate certificate) {
        try {
            String subject = certificate.getSubjectX500Principal().getName();
            boolean intermediate = kind == Kind.TPM_CA && !EkTrust.isRoot(certificate);
            return anchor(kind, Bytes.owning(certificate.getEncoded()), intermediate ? subject + " (intermediate)" : subject);
        } catch (CertificateEncodingException e) {
            throw new IllegalArgumentException("a certificate that cannot be encoded", e);
        }
    }

    private Anchor ek(Bytes publicArea) {
        return anchor(Kind.TPM_EK, publicArea, "EK " + EndorsementKey.of(TpmtPublic.decodeSized(publicArea)).name());
    }

    private Anchor key(Kind kind, PublicKey key) {
        return anchor(kind, key.spki(), key.type().name());
    }

    private Anchor anchor(Kind kind, Bytes encoded, String name) {
        return new Anchor(kind, HashType.SHA256.hash(encoded).value(), encoded, name, clock.instant());
    }

    @DELETE
    @Path("{kind}/{fingerprint}")
    public void remove(@PathParam("kind") String kind, @PathParam("fingerprint") String fingerprint) {
        Kind known = kind(kind);
        if (!store.remove(known, fingerprint(fingerprint), event("trust.removed", Map.of(fingerprint, kind)))) {
            throw nobody();
        }
    }

    private static Kind kind(String word) {
        return Arrays.stream(Kind.values())
                .filter(kind -> CheckView.word(kind).equals(word))
                .findFirst()
                .orElseThrow(() -> new NotFound("there is device-ca, manufacturer, owner, tpm-ca and tpm-ek"));
    }

    private static Bytes fingerprint(String hex) {
        try {
            return Bytes.fromHex(hex);
        } catch (IllegalArgumentException e) {
            throw nobody();
        }
    }

    private static NotFound nobody() {
        return new NotFound("nobody of that kind and fingerprint is listed");
    }

    private AuditEvent event(String id, Map<String, String> facts) {
        return new AuditEvent(id, clock.instant(), VoucherResource.OPERATOR, Optional.empty(), AuditEvent.Outcome.DONE, "", facts);
    }
}
