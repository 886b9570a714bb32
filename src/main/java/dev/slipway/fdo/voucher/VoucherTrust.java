package dev.slipway.fdo.voucher;

import dev.slipway.fdo.key.ProvenKeys;
import dev.slipway.fdo.key.TcgPolicy;
import dev.slipway.fdo.type.CertificateChain;
import dev.slipway.fdo.type.PublicKey;
import dev.slipway.fdo.voucher.VoucherCheck.Result;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The checks of a voucher that depend on whom the operator believes. Signatures inside the voucher are {@link VoucherVerifier}'s. */
public final class VoucherTrust {

    private static final String DEVICE_CA = "voucher.device-ca";
    private static final String MANUFACTURER = "voucher.manufacturer";
    private static final String TPM = "voucher.tpm";

    private final TrustPolicy policy;
    private final TrustAnchors anchors;
    private final ProvenKeys provenKeys;

    public VoucherTrust(TrustPolicy policy, TrustAnchors anchors, ProvenKeys provenKeys) {
        this.policy = policy;
        this.anchors = anchors;
        this.provenKeys = provenKeys;
    }

    public VoucherReport examine(OwnershipVoucher voucher) {
        return new VoucherReport(List.of(deviceCa(voucher), manufacturer(voucher), tpm(voucher)));
    }

    private VoucherCheck deviceCa(OwnershipVoucher voucher) {
        Optional<CertificateChain> chain = voucher.deviceChain();
        if (chain.isEmpty()) {
            return VoucherCheck.notApplicable(DEVICE_CA, "no device certificates");
        }
        return anchor(chain.get().certificates())
                .map(anchor -> VoucherCheck.passed(DEVICE_CA, anchor.getSubjectX500Principal().getName()))
                .orElseGet(() -> new VoucherCheck(
                        DEVICE_CA,
                        result(policy.deviceCa()),
                        "a device CA that is listed; see ./slipway trust",
                        "certified by " + last(chain.get().certificates()).getIssuerX500Principal().getName()));
    }

    /**
     * The listed authority that stands above the device's certificate, as part of the chain or as the issuer of its last certificate.
     * Nothing below it may hang by SHA-1 or less: such signatures can be moved to another certificate.
     */
    private Optional<X509Certificate> anchor(List<X509Certificate> chain) {
        List<X509Certificate> listed = anchors.deviceCas();
        for (int i = 0; i < chain.size(); i++) {
            X509Certificate certificate = chain.get(i);
            if (i > 0 && listed.contains(certificate)) {
                return Optional.of(certificate);
            }
            if (isWeak(certificate)) {
                return Optional.empty();
            }
        }
        X509Certificate last = last(chain);
        return listed.stream()
                .filter(anchor -> anchor.getSubjectX500Principal().equals(last.getIssuerX500Principal()))
                .filter(anchor -> DeviceChainExaminer.isSignedBy(last, anchor))
                .findFirst();
    }

    private static boolean isWeak(X509Certificate certificate) {
        String algorithm = certificate.getSigAlgName().toUpperCase(Locale.ROOT);
        return algorithm.startsWith("SHA1") || algorithm.startsWith("MD");
    }

    private static X509Certificate last(List<X509Certificate> chain) {
        return chain.get(chain.size() - 1);
    }

    private VoucherCheck manufacturer(OwnershipVoucher voucher) {
        PublicKey key = voucher.header().value().manufacturerKey();
        return anchors.knowsManufacturer(key)
                ? VoucherCheck.passed(MANUFACTURER, key.fingerprint())
                : new VoucherCheck(
                        MANUFACTURER, result(policy.manufacturer()), "a manufacturer's key that is listed; see ./slipway trust", key.fingerprint());
    }

    /** Whether it is TPM-backed: that the device's key is in a TPM was seen here, or is stated by a CA that is listed. */
    private VoucherCheck tpm(OwnershipVoucher voucher) {
        Optional<CertificateChain> chain = voucher.deviceChain();
        if (chain.filter(certified -> provenKeys.include(certified.leafKey())).isPresent()) {
            return VoucherCheck.passed(TPM, "the device's key was enrolled here");
        }
        List<X509Certificate> certificates = chain.map(CertificateChain::certificates).orElse(List.of());
        boolean stated = !certificates.isEmpty() && TcgPolicy.of(certificates.get(0)).containsAll(TcgPolicy.OF_A_DEVICE_KEY);
        Optional<X509Certificate> anchor = stated ? anchor(certificates) : Optional.empty();
        if (anchor.isPresent()) {
            return VoucherCheck.passed(TPM, "stated by " + anchor.get().getSubjectX500Principal().getName());
        }
        String found = stated ? "stated by a CA that is not listed" : "nothing says that the device's key is in a TPM";
        return policy.tpm() == TrustPolicy.Mode.STRICT
                ? VoucherCheck.failed(TPM, "a device key that was enrolled here, or that a listed CA states to be in a TPM; see ./slipway trust", found)
                : VoucherCheck.notApplicable(TPM, found);
    }

    private static Result result(TrustPolicy.Mode mode) {
        return mode == TrustPolicy.Mode.STRICT ? Result.FAILED : Result.NOTED;
    }
}
