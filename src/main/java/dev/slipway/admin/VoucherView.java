package dev.slipway.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.fdo.owner.Registration;
import dev.slipway.fdo.owner.StoredVoucher;
import dev.slipway.fdo.type.CertificateChain;
import dev.slipway.fdo.type.HashType;
import dev.slipway.fdo.type.PublicKey;
import dev.slipway.fdo.type.RvText;
import dev.slipway.fdo.voucher.OwnershipVoucher;
import dev.slipway.fdo.voucher.VoucherReport;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A voucher, for people and scripts.
 *
 * @param stored absent for one that is only a file
 * @param owners fingerprints of the keys of its entries, in order
 * @param rendezvous its directives, in words
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record VoucherView(
        String guid,
        Optional<Stored> stored,
        String deviceInfo,
        int octets,
        String sha256,
        String manufacturer,
        List<String> owners,
        List<Certificate> deviceCertificates,
        List<String> rendezvous,
        List<RegistrationView> registrations,
        List<CheckView> checks) {

    /** What storage knows of it beyond itself. */
    public record Stored(String state, String source, boolean trusted, Instant since, String serial) {

        static Stored of(StoredVoucher voucher) {
            return new Stored(
                    CheckView.word(voucher.state()), CheckView.word(voucher.source()), voucher.trusted(), voucher.since(), voucher.serial());
        }
    }

    /** One certificate of the device's chain. */
    public record Certificate(String subject, String issuer, Instant notAfter) {

        private static Certificate of(X509Certificate certificate) {
            return new Certificate(
                    certificate.getSubjectX500Principal().getName(),
                    certificate.getIssuerX500Principal().getName(),
                    certificate.getNotAfter().toInstant());
        }
    }

    /** How far the registration at one rendezvous server is. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record RegistrationView(
            String server,
            boolean accepted,
            Optional<Instant> until,
            Instant nextAttempt,
            int failures,
            Optional<String> lastError,
            Optional<Instant> lastAttempt) {

        private static RegistrationView of(Registration registration) {
            return new RegistrationView(
                    registration.server().toString(),
                    registration.accepted(),
                    registration.grantedUntil(),
                    registration.nextAttempt(),
                    registration.failures(),
                    registration.lastError(),
                    registration.lastAttempt());
        }
    }

    /** Of a file. */
    public static VoucherView of(OwnershipVoucher voucher, VoucherReport report) {
        return of(voucher, Optional.empty(), List.of(), report);
    }

    static VoucherView of(StoredVoucher stored, List<Registration> registrations, VoucherReport report) {
        return of(stored.voucher().voucher(), Optional.of(Stored.of(stored)), registrations.stream().map(RegistrationView::of).toList(), report);
    }

    private static VoucherView of(OwnershipVoucher voucher, Optional<Stored> stored, List<RegistrationView> registrations, VoucherReport report) {
        return new VoucherView(
                voucher.guid().toString(),
                stored,
                voucher.header().value().deviceInfo(),
                voucher.encoded().length(),
                HashType.SHA256.hash(voucher.encoded()).value().toHex(),
                voucher.header().value().manufacturerKey().fingerprint(),
                voucher.entries().stream().map(entry -> entry.payload().publicKey()).map(PublicKey::fingerprint).toList(),
                voucher.deviceChain().map(CertificateChain::certificates).orElse(List.of()).stream().map(Certificate::of).toList(),
                RvText.describe(voucher.header().value().rvInfo()),
                registrations,
                CheckView.of(report));
    }
}
