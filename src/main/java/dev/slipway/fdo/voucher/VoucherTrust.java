package dev.slipway.fdo.voucher;

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

    private final TrustPolicy policy;
    private final TrustAnchors anchors;

    public VoucherTrust(TrustPolicy policy, TrustAnchors anchors) {
        this.policy = policy;
        this.anchors = anchors;
    }

    public VoucherReport examine(OwnershipVoucher voucher) {
        return new VoucherReport(List.of(deviceCa(voucher), manufacturer(voucher)));
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

    private static Result result(TrustPolicy.Mode mode) {
        return mode == TrustPolicy.Mode.STRICT ? Result.FAILED : Result.NOTED;
    }
}
