package dev.slipway.fdo.voucher;

import dev.slipway.fdo.key.KeyEvidence;
import dev.slipway.fdo.key.TcgPolicy;
import dev.slipway.fdo.type.CertificateChain;
import dev.slipway.fdo.type.PublicKey;
import dev.slipway.fdo.voucher.VoucherCheck.Result;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The checks of a voucher that depend on whom the operator believes. Signatures inside the voucher are {@link VoucherVerifier}'s. */
public final class VoucherTrust {

    private static final String DEVICE_CA = "voucher.device-ca";
    private static final String MANUFACTURER = "voucher.manufacturer";
    private static final String TPM = "voucher.tpm";

    private final TrustPolicy policy;
    private final TrustAnchors anchors;
    private final TpmBacking tpmBacking;

    public VoucherTrust(TrustPolicy policy, TrustAnchors anchors, TpmBacking tpmBacking) {
        this.policy = policy;
        this.anchors = anchors;
        this.tpmBacking = tpmBacking;
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

    /** Whether it is TPM-backed: that the device's key is in a TPM was seen here, or by somebody who is believed. Passed only if so. */
    public VoucherCheck tpm(OwnershipVoucher voucher) {
        Optional<CertificateChain> chain = voucher.deviceChain();
        if (chain.filter(certified -> tpmBacking.provenHere(certified.leafKey())).isPresent()) {
            return VoucherCheck.passed(TPM, "the device's key was enrolled here");
        }
        List<X509Certificate> certificates = chain.map(CertificateChain::certificates).orElse(List.of());
        Optional<X509Certificate> authority = authority(certificates, TcgPolicy.OF_A_DEVICE_KEY);
        if (authority.isPresent()) {
            return VoucherCheck.passed(TPM, "stated by " + authority.get().getSubjectX500Principal().getName());
        }
        return switch (tpmBacking.inFirstEntry(voucher)) {
            case TpmBacking.Found.Vouched vouched when isBelieved(voucher, vouched.evidence()) ->
                    VoucherCheck.passed(TPM, "evidence in the first entry, of the TPM " + vouched.evidence().tpm());
            case TpmBacking.Found.Vouched vouched -> unbacked("evidence in the first entry, by a manufacturer who is not listed");
            case TpmBacking.Found.Unconvincing unconvincing ->
                    unbacked("evidence in the first entry that does not convince: " + unconvincing.why());
            case TpmBacking.Found.Nothing nothing -> unbacked(states(certificates, TcgPolicy.OF_A_DEVICE_KEY)
                    ? "stated by a CA that is not listed"
                    : "nothing says that the device's key is in a TPM");
        };
    }

    private VoucherCheck unbacked(String found) {
        return policy.tpm() == TrustPolicy.Mode.STRICT
                ? VoucherCheck.failed(
                        TPM, "a device key that was enrolled here, or that somebody who is listed has seen in a TPM; see ./slipway trust", found)
                : VoucherCheck.notApplicable(TPM, found);
    }

    /** Somebody has to have seen that the AK is in the TPM: who certified it, or the manufacturer, who signed the evidence. */
    private boolean isBelieved(OwnershipVoucher voucher, KeyEvidence.Vouched evidence) {
        return anchors.knowsManufacturer(voucher.header().value().manufacturerKey())
                || authority(evidence.akCertificates(), TcgPolicy.OF_AN_AK).isPresent();
    }

    /** Who is listed, and states all these of the key of the first of the certificates. */
    private Optional<X509Certificate> authority(List<X509Certificate> certificates, Set<TcgPolicy> policies) {
        return states(certificates, policies) ? anchor(certificates) : Optional.empty();
    }

    private static boolean states(List<X509Certificate> certificates, Set<TcgPolicy> policies) {
        return !certificates.isEmpty() && TcgPolicy.of(certificates.get(0)).containsAll(policies);
    }

    private static Result result(TrustPolicy.Mode mode) {
        return mode == TrustPolicy.Mode.STRICT ? Result.FAILED : Result.NOTED;
    }
}
