package dev.slipway.ops;

import dev.slipway.attestation.EkCertificateVerifier;
import dev.slipway.attestation.EkDenyList;
import dev.slipway.attestation.EkPolicy;
import dev.slipway.attestation.EkTrustSource;
import dev.slipway.attestation.VoucherEvidence;
import dev.slipway.attestation.enrollment.Enroller;
import dev.slipway.attestation.enrollment.EnrollmentPolicy;
import dev.slipway.attestation.enrollment.EnrollmentService;
import dev.slipway.attestation.enrollment.EnrollmentStore;
import dev.slipway.attestation.firstboot.BootPolicy;
import dev.slipway.attestation.firstboot.BootService;
import dev.slipway.attestation.firstboot.BootStore;
import dev.slipway.fdo.key.DeviceCa;
import dev.slipway.fdo.key.ProvenKeys;
import dev.slipway.fdo.type.RandomSource;
import dev.slipway.fdo.voucher.FirstEntryEvidence;
import dev.slipway.fdo.voucher.TpmBacking;
import dev.slipway.fdo.voucher.TrustStore;
import dev.slipway.policy.CurrentPolicies;
import dev.slipway.policy.PolicyEditor;
import dev.slipway.policy.PolicyStore;
import dev.slipway.policy.PolicyTrial;
import dev.slipway.tpm.PcrSelection;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;

/** Makes the parts that are about TPMs. */
@Singleton
final class AttestationWiring {

    private final SlipwayConfig config;

    AttestationWiring(SlipwayConfig config) {
        this.config = config;
    }

    @Produces
    @Singleton
    EkDenyList ekDenyList() {
        return config.tpm().denyList().map(DenyListFile::read).orElse(EkDenyList.EMPTY);
    }

    @Produces
    @Singleton
    EkCertificateVerifier ekCertificateVerifier(TrustStore trust, EkDenyList denied) {
        EkTrustSource vendors = new ListedTpmVendors(trust);
        return new EkCertificateVerifier(vendors, new EkPolicy(config.tpm().expired(), config.tpm().withoutUsage(), denied));
    }

    @Produces
    @Singleton
    FirstEntryEvidence firstEntryEvidence(ProvenKeys keys) {
        return new FirstEntryEvidence(config.manufacturer().tpmEvidence() ? Optional.of(config.tpm().evidenceLabel()) : Optional.empty(), keys);
    }

    @Produces
    @Singleton
    CurrentPolicies currentPolicies(PolicyStore store) {
        return new CurrentPolicies(store);
    }

    @Produces
    @Singleton
    TpmBacking tpmBacking(ProvenKeys keys, EkCertificateVerifier ekCertificates, Clock clock) {
        return new TpmBacking(keys, new VoucherEvidence(ekCertificates, clock), config.tpm().evidenceLabel());
    }

    @Produces
    @Singleton
    PolicyEditor policyEditor(PolicyStore store, BootStore boots, Clock clock) {
        return new PolicyEditor(store, new PolicyTrial(boots), selection(config.tpm().pcrs()), clock);
    }

    @Produces
    @Singleton
    BootService bootService(BootStore store, EnrolledDevices devices, EkDenyList denied, RandomSource random, Clock clock) {
        BootPolicy policy = new BootPolicy(selection(config.tpm().pcrs()), config.tpm().quoteTime(), config.limits().challenges());
        return new BootService(store, devices, policy, denied, random, clock);
    }

    private static PcrSelection selection(String text) {
        try {
            return PcrSelection.parse(text);
        } catch (IllegalArgumentException e) {
            throw new StartException("slipway.tpm.pcrs: " + e.getMessage());
        }
    }

    @Produces
    @Singleton
    EnrollmentService enrollmentService(
            EkCertificateVerifier ekCertificates, DeviceCa deviceCa, EnrollmentStore store, RandomSource random, Clock clock) {
        boolean pinnedEks = config.tpm().uncertified() == SlipwayConfig.Tpm.Uncertified.PINNED;
        EnrollmentPolicy policy =
                new EnrollmentPolicy(config.tpm().challengeTime(), EnrollmentPolicy.DEFAULT.maxFailures(), pinnedEks);
        Enroller enroller = new Enroller(ekCertificates, store, policy, random);
        Optional<DeviceCa> certifying = config.roles().contains(Role.MANUFACTURER) ? Optional.of(deviceCa) : Optional.empty();
        return new EnrollmentService(enroller, certifying, store, config.limits().enrollments(), clock);
    }
}
