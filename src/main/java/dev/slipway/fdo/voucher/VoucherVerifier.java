package dev.slipway.fdo.voucher;

import dev.slipway.failure.Failure.Invalid;
import dev.slipway.failure.Failure.Malformed;
import dev.slipway.failure.Failure.VoucherRejected;
import dev.slipway.fdo.type.CertificateChain;
import dev.slipway.fdo.type.Hash;
import dev.slipway.fdo.type.HashType;
import dev.slipway.fdo.type.PublicKey;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;

/**
 * Turns a well-formed voucher into a verified one. All hashes and signatures run over octets as received. The HMAC is the device's to
 * check: only it has the secret.
 *
 * @see "FIDO Device Onboard 1.1, Validation of Ownership Vouchers"
 */
public final class VoucherVerifier {

    private static final int DIGITAL_SIGNATURE = 0;
    private static final int KEY_CERT_SIGN = 5;

    /**
     * @throws VoucherRejected for the first check that fails, by its name
     * @throws Malformed if the GUID is all zeros
     */
    public VerifiedVoucher verify(OwnershipVoucher voucher, Instant now) {
        verifyHeader(voucher);
        verifyDeviceCertificates(voucher, now);
        verifyEntries(voucher);
        return new VerifiedVoucher(voucher);
    }

    private static void verifyHeader(OwnershipVoucher voucher) {
        OvHeader header = voucher.header().value();
        // spec: the protocol version of voucher and header
        require(voucher.version() == OwnershipVoucher.VERSION, "voucher.version", "version " + voucher.version());
        require(header.version() == OwnershipVoucher.VERSION, "voucher.header-version", "header of version " + header.version());
        // spec: a GUID that can be one
        if (header.guid().isZero()) {
            throw new Malformed(Malformed.Part.GUID, "GUID is all zeros");
        }
        // spec: device info; rendezvous info is never empty once it is decoded
        require(!header.deviceInfo().isEmpty(), "voucher.device-info", "DeviceInfo is empty");
    }

    private static void verifyDeviceCertificates(OwnershipVoucher voucher, Instant now) {
        CertificateChain chain = voucher.deviceChain().orElseThrow(() -> new VoucherRejected("voucher.device-chain", "no device certificates"));
        Hash stated = voucher.header().value().chainHash().orElseThrow(() -> new VoucherRejected("voucher.chain-hash", "no hash in the header"));
        // spec: the chain is the one that the header has the hash of
        require(chain.hash(stated.type()).equals(stated), "voucher.chain-hash", "hash of the device certificates is not the header's");
        // spec: each certificate is issued by the next, and is valid now
        List<X509Certificate> certificates = chain.certificates();
        for (int i = 0; i < certificates.size(); i++) {
            verifyDates(certificates.get(i), i, now);
            if (i + 1 < certificates.size()) {
                verifyIssued(certificates.get(i), certificates.get(i + 1), i);
            }
        }
        // spec: the device's key may sign, where its certificate says what it may
        require(allows(certificates.get(0), DIGITAL_SIGNATURE), "voucher.device-chain", "key usage of the device certificate forbids signatures");
    }

    private static void verifyDates(X509Certificate certificate, int index, Instant now) {
        try {
            certificate.checkValidity(Date.from(now));
        } catch (CertificateExpiredException e) {
            throw new VoucherRejected("voucher.device-chain-dates", "certificate " + index + " expired at " + certificate.getNotAfter().toInstant());
        } catch (CertificateNotYetValidException e) {
            throw new VoucherRejected(
                    "voucher.device-chain-dates", "certificate " + index + " is valid from " + certificate.getNotBefore().toInstant());
        }
    }

    private static void verifyIssued(X509Certificate certificate, X509Certificate issuer, int index) {
        require(
                certificate.getIssuerX500Principal().equals(issuer.getSubjectX500Principal()),
                "voucher.device-chain",
                "certificate " + index + " does not name the next one as its issuer");
        require(allows(issuer, KEY_CERT_SIGN), "voucher.device-chain", "certificate " + (index + 1) + " may not issue certificates");
        try {
            certificate.verify(issuer.getPublicKey());
        } catch (GeneralSecurityException e) {
            throw new VoucherRejected("voucher.device-chain", "certificate " + index + " is not signed by the next one");
        }
    }

    /** Many device certificates have no extensions at all; then anything is allowed. */
    private static boolean allows(X509Certificate certificate, int usage) {
        boolean[] keyUsage = certificate.getKeyUsage();
        return keyUsage == null || keyUsage[usage];
    }

    private static void verifyEntries(OwnershipVoucher voucher) {
        HashType hashType = voucher.hmac().value().type().hashType();
        Hash headerInfo = hashType.hash(voucher.header().value().headerInfo());
        PublicKey key = voucher.header().value().manufacturerKey();
        Hash previous = hashType.hash(voucher.header().bytes(), voucher.hmac().bytes());
        for (int i = 0; i < voucher.entries().size(); i++) {
            OvEntry entry = voucher.entries().get(i);
            // spec: the owner before signed the entry
            verifySignature(entry, key, i);
            // spec: it follows what came before, with one hash algorithm throughout
            require(entry.payload().previousHash().equals(previous), "voucher.previous-hash", "entry " + i + " does not follow what is before it");
            require(entry.payload().headerInfoHash().equals(headerInfo), "voucher.header-info-hash", "entry " + i + " is for another device");
            // spec: one type of key throughout
            require(entry.payload().publicKey().type() == key.type(), "voucher.key-type", "entry " + i + " changes the type of key");
            key = entry.payload().publicKey();
            previous = hashType.hash(entry.encoded());
        }
    }

    private static void verifySignature(OvEntry entry, PublicKey key, int index) {
        try {
            entry.signed().verify(key.key());
        } catch (Invalid e) {
            throw new VoucherRejected("voucher.signature", "entry " + index + ": " + e.getMessage());
        }
    }

    private static void require(boolean condition, String check, String message) {
        if (!condition) {
            throw new VoucherRejected(check, message);
        }
    }
}
