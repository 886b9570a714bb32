package dev.slipway.attestation.enrollment;

import dev.slipway.attestation.AttestationKey;
import dev.slipway.attestation.DeviceKey;
import dev.slipway.attestation.EkCertificateVerifier;
import dev.slipway.attestation.EndorsementKey;
import dev.slipway.attestation.Reason;
import dev.slipway.attestation.VerifiedEk;
import dev.slipway.attestation.enrollment.EnrollmentState.Claim;
import dev.slipway.fdo.type.Guid;
import dev.slipway.tpm.Name;
import java.security.PublicKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Whether a request is worth a challenge. */
final class ClaimVerifier {

    private final EkCertificateVerifier ekCertificates;
    private final EnrolledDevices devices;
    private final boolean pinnedEks;

    ClaimVerifier(EkCertificateVerifier ekCertificates, EnrolledDevices devices, boolean pinnedEks) {
        this.pinnedEks = pinnedEks;
        this.ekCertificates = ekCertificates;
        this.devices = devices;
    }

    /** @throws dev.slipway.failure.Failure.AttestationRejected with the code of the check that failed */
    Claim verify(EnrollmentRequest request, Instant now) {
        // spec: a vendor certified the EK, or an operator pinned it
        Optional<VerifiedEk> certified =
                request.ekCertificate().map(certificate -> ekCertificates.verify(certificate, request.ekChain(), request.ek(), now));
        EndorsementKey ek = certified.map(VerifiedEk::key).orElseGet(() -> pinned(request));
        // spec: the AK signs nothing but what its TPM made, and is of no kind that this TPM leaks
        AttestationKey ak = AttestationKey.of(request.ak());
        certified.ifPresent(verified -> verified.requireAllowed(ak));
        // spec: the device key signs, and stays in its TPM
        DeviceKey deviceKey = DeviceKey.of(request.deviceKey());
        // spec: it is the key of the voucher, if that is here
        request.guid().ifPresent(guid -> requireVoucherKey(guid, request));
        // spec: the GUID is not another TPM's, and the keys are not another GUID's; an operator may change that, and nobody else
        requireUnbound(request);
        // spec: what is to be certified is asked for by the device key
        PromisedCertificates certificates = PromisedCertificates.of(request.wish(), deviceKey);
        EkStatus status = certified.isPresent() ? EkStatus.EK_CERTIFIED : EkStatus.EK_PINNED;
        return new Claim(request.guid(), ek, request.encodedEkChain(), status, certified.map(VerifiedEk::tpm), ak, deviceKey, certificates);
    }

    private EndorsementKey pinned(EnrollmentRequest request) {
        EndorsementKey ek = EndorsementKey.of(request.ek());
        if (!pinnedEks || !devices.isPinned(ek.name())) {
            throw Reason.UNTRUSTED.rejected("ek-certificate", "the TPM has no EK certificate; send it, or let an operator pin the EK");
        }
        // spec: pinned or not, it is not known to be weak or stolen
        ekCertificates.requireNotDenied(request.ek());
        return ek;
    }

    private void requireVoucherKey(Guid guid, EnrollmentRequest request) {
        Optional<PublicKey> expected = devices.voucherKey(guid);
        if (expected.isPresent() && !request.deviceKey().key().isKey(expected.get())) {
            throw Reason.VOUCHER_KEY_MISMATCH.rejected("device-key", "the voucher of " + guid + " is for another device key");
        }
    }

    private void requireUnbound(EnrollmentRequest request) {
        Optional<Enrollment> ofGuid = request.guid().flatMap(devices::ofGuid);
        boolean otherTpm = ofGuid.filter(bound -> !bound.isOf(request.ek().name(), request.deviceKey().name())).isPresent();
        if (otherTpm && !devices.isAccepted(request.guid().orElseThrow(), request.ek().name())) {
            throw Reason.GUID_BOUND_TO_OTHER_TPM.rejected("guid", "is enrolled with another TPM; an operator has to decide which is right");
        }
        for (Name key : List.of(request.ak().name(), request.deviceKey().name())) {
            Optional<Enrollment> bound = devices.ofKey(key).filter(known -> !isSameDevice(known, request));
            Optional<Guid> guid = bound.flatMap(Enrollment::guid).filter(other -> !request.guid().equals(Optional.of(other)));
            if (guid.isPresent()) {
                throw Reason.GUID_BOUND_TO_OTHER_TPM.rejected("guid", "the key " + key + " is enrolled for " + guid.get());
            }
        }
    }

    /** A device gets another GUID with each onboarding; that it is the same one is told by its voucher, which is for its key. */
    private boolean isSameDevice(Enrollment bound, EnrollmentRequest request) {
        return bound.deviceKey().name().equals(request.deviceKey().name()) && request.guid().flatMap(devices::voucherKey).isPresent();
    }
}
