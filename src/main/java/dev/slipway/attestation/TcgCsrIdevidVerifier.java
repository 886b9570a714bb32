package dev.slipway.attestation;

import dev.slipway.tpm.TcgCsrIdevid;
import dev.slipway.tpm.TcgCsrIdevid.Field;
import dev.slipway.tpm.TpmsAttest;
import dev.slipway.tpm.TpmtPublic;
import dev.slipway.tpm.TpmtSignature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/**
 * Whether a TCG-CSR-IDEVID shows an IDevID and an IAK in one TPM that a vendor certified. That they are in the TPM of this EK, the CA only
 * knows when its answer was opened: it wraps the certificates with {@link MakeCredential} for the Name of the IAK.
 *
 * @see "TPM 2.0 Keys for Device Identity and Attestation, Identity Provisioning"
 */
public final class TcgCsrIdevidVerifier {

    private final EkCertificateVerifier ekCertificates;

    public TcgCsrIdevidVerifier(EkCertificateVerifier ekCertificates) {
        this.ekCertificates = ekCertificates;
    }

    /** Keys of one device that asks for certificates. */
    public record IdentityKeys(VerifiedEk ek, AttestationKey iak, DeviceKey idevid) {}

    /**
     * @param offered certificates above that of the EK, if the peer sent any
     * @throws dev.slipway.failure.Failure.AttestationRejected with the code of the check that failed
     * @throws dev.slipway.failure.Failure.Malformed if a part of the request is not what it has to be
     */
    public IdentityKeys verify(TcgCsrIdevid csr, List<X509Certificate> offered, Instant now) {
        // spec: the content has the hash that it says
        if (!csr.hashAlg().isStrong() || !csr.hashAlg().digest(csr.hashed()).equals(csr.hash())) {
            throw Reason.SIGNATURE.rejected("csr", "the content does not have the hash that it says");
        }
        // spec: the IDevID signed it
        TpmtPublic signing = TpmtPublic.decode(csr.field(Field.SIGNING_PUB));
        if (!TpmtSignature.decode(csr.signature()).verifies(signing, csr.content())) {
            throw Reason.SIGNATURE.rejected("csr", "the IDevID did not sign this");
        }
        // spec: a vendor certified the EK
        EkCertificate certificate = EkCertificate.decode(csr.field(Field.EK_CERT));
        TpmtPublic ekPub = EkTemplate.publicArea(certificate.key())
                .orElseThrow(() -> Reason.EK_ATTRIBUTES.rejected("ek-certificate", "no EK template makes a key like the certified one"));
        VerifiedEk ek = ekCertificates.verify(certificate, offered, ekPub, now);
        // spec: the IAK signs nothing but what its TPM made
        AttestationKey iak = AttestationKey.of(TpmtPublic.decode(csr.field(Field.ATTEST_PUB)));
        ek.requireAllowed(iak);
        // spec: it vouches for the IDevID, by TPM2_Certify or TPM2_CertifyCreation
        SignedAttest signed = SignedAttest.decode(csr.field(Field.SGN_CERTIFY_INFO), csr.field(Field.SGN_CERTIFY_INFO_SIGNATURE));
        if (TpmsAttest.Header.decode(signed.attest()).type() == TpmsAttest.Creation.TYPE) {
            CertifyVerifier.requireName(signed.creation(iak).objectName(), signing);
        } else {
            CertifyVerifier.requireName(signed.certify(iak).name(), signing);
        }
        // spec: which stays in its TPM and signs
        return new IdentityKeys(ek, iak, DeviceKey.of(signing));
    }
}
