package dev.slipway.fdo.voucher;

import dev.slipway.fdo.type.CertificateChain;
import dev.slipway.fdo.type.Hash;
import dev.slipway.fdo.type.KeyType;
import dev.slipway.fdo.voucher.VoucherCheck.Result;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The checks of a voucher that are about the device's certificates. */
final class DeviceChainExaminer {

    private static final String CHAIN = "voucher.device-chain";
    private static final String CHAIN_HASH = "voucher.chain-hash";
    private static final String DATES = "voucher.device-chain-dates";
    private static final int DIGITAL_SIGNATURE = 0;
    private static final int KEY_CERT_SIGN = 5;

    private final OwnershipVoucher voucher;
    private final Instant now;
    private final boolean enforceDates;

    DeviceChainExaminer(OwnershipVoucher voucher, Instant now, boolean enforceDates) {
        this.voucher = voucher;
        this.now = now;
        this.enforceDates = enforceDates;
    }

    void examine(Examination checks) {
        if (voucher.deviceChain().isEmpty()) {
            // EPID devices have none; nothing could verify what such a device signs.
            checks.add(VoucherCheck.failed(CHAIN, "the certificates of the device", "no device certificates"));
            return;
        }
        CertificateChain chain = voucher.deviceChain().get();
        // spec: the chain is the one that the header has the hash of
        checks.add(chainHash(chain));
        // spec: each certificate is issued by the next, and the device's key may sign
        checks.add(issuance(chain.certificates()));
        // spec: all are valid now
        checks.add(dates(chain.certificates()));
    }

    private VoucherCheck chainHash(CertificateChain chain) {
        Optional<Hash> stated = voucher.header().value().chainHash();
        if (stated.isEmpty()) {
            return VoucherCheck.failed(CHAIN_HASH, "the hash of the device certificates", "no hash in the header");
        }
        Hash actual = chain.hash(stated.get().type());
        return actual.equals(stated.get())
                ? VoucherCheck.passed(CHAIN_HASH, actual.toString())
                : VoucherCheck.failed(CHAIN_HASH, "the header's " + stated.get(), "certificates with " + actual);
    }

    private static VoucherCheck issuance(List<X509Certificate> certificates) {
        for (int i = 0; i + 1 < certificates.size(); i++) {
            Optional<String> defect = defect(certificates.get(i), certificates.get(i + 1), i);
            if (defect.isPresent()) {
                return VoucherCheck.failed(CHAIN, "each certificate is issued by the next", defect.get());
            }
        }
        X509Certificate device = certificates.get(0);
        if (!allows(device, DIGITAL_SIGNATURE)) {
            return VoucherCheck.failed(CHAIN, "a device key that may sign", "key usage of the device certificate forbids signatures");
        }
        if (KeyType.of(device.getPublicKey()).isEmpty()) {
            String found = "device key is a " + device.getPublicKey().getAlgorithm() + " key of another kind";
            return VoucherCheck.failed(CHAIN, "a P-256, P-384 or RSA key", found);
        }
        return VoucherCheck.passed(CHAIN, device.getSubjectX500Principal() + ", " + certificates.size() + " in the chain");
    }

    private static Optional<String> defect(X509Certificate certificate, X509Certificate issuer, int index) {
        if (!certificate.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())) {
            return Optional.of("certificate " + index + " does not name the next one as its issuer");
        }
        if (!allows(issuer, KEY_CERT_SIGN)) {
            return Optional.of("certificate " + (index + 1) + " may not issue certificates");
        }
        return isSignedBy(certificate, issuer) ? Optional.empty() : Optional.of("certificate " + index + " is not signed by the next one");
    }

    static boolean isSignedBy(X509Certificate certificate, X509Certificate issuer) {
        try {
            certificate.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** Many device certificates have no extensions at all; then anything is allowed. */
    private static boolean allows(X509Certificate certificate, int usage) {
        boolean[] keyUsage = certificate.getKeyUsage();
        return keyUsage == null || keyUsage[usage];
    }

    private VoucherCheck dates(List<X509Certificate> certificates) {
        for (int i = 0; i < certificates.size(); i++) {
            Instant from = certificates.get(i).getNotBefore().toInstant();
            Instant until = certificates.get(i).getNotAfter().toInstant();
            if (now.isBefore(from)) {
                return invalidNow("certificate " + i + " is valid from " + from);
            }
            if (now.isAfter(until)) {
                return invalidNow("certificate " + i + " expired at " + until);
            }
        }
        return VoucherCheck.passed(DATES, "valid now");
    }

    private VoucherCheck invalidNow(String found) {
        return new VoucherCheck(DATES, enforceDates ? Result.FAILED : Result.NOTED, "certificates that are valid now", found);
    }
}
