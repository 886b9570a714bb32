package dev.slipway.attestation;

import dev.slipway.bytes.Bytes;
import dev.slipway.fdo.key.KeyEvidence;
import dev.slipway.fdo.type.CertificateChain;
import dev.slipway.tpm.TpmtPublic;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;

/** Judges TPM evidence by the vendors of TPMs that are listed here. */
public final class VoucherEvidence implements KeyEvidence {

    private final EkCertificateVerifier ekCertificates;
    private final Clock clock;

    public VoucherEvidence(EkCertificateVerifier ekCertificates, Clock clock) {
        this.ekCertificates = ekCertificates;
        this.clock = clock;
    }

    /** {@inheritDoc} */
    @Override
    public Vouched examine(Bytes encoded, PublicKey deviceKey) {
        TpmEvidence evidence = TpmEvidence.decode(encoded);
        // spec: it is about the device of the voucher
        if (!TpmtPublic.decodeSized(evidence.deviceKey()).key().isKey(deviceKey)) {
            throw Reason.VOUCHER_KEY_MISMATCH.rejected("device-key", "the evidence is about another key than that of the voucher's device");
        }
        // spec: a vendor certified the EK
        if (evidence.ekChain().isEmpty()) {
            throw Reason.UNTRUSTED.rejected("ek-certificate", "the evidence has no EK certificate");
        }
        EkCertificate ek = EkCertificate.decode(evidence.ekChain().get(0));
        List<X509Certificate> above = CertificateChain.parseAll(evidence.ekChain().subList(1, evidence.ekChain().size()));
        VerifiedEk verified = ekCertificates.verify(ek, above, TpmtPublic.decodeSized(evidence.ek()), clock.instant());
        // spec: the AK is one, is of no kind that this TPM leaks, and vouches for the device key
        TpmtPublic ak = TpmtPublic.decodeSized(evidence.ak());
        verified.requireAllowed(AttestationKey.of(ak));
        evidence.verify();
        List<X509Certificate> akChain = CertificateChain.parseAll(evidence.akChain());
        // spec: what certifies an AK certifies this one
        if (!akChain.isEmpty() && !ak.key().isKey(akChain.get(0).getPublicKey())) {
            throw Reason.KEY_MISMATCH.rejected("ak-certificate", "the AK certificate in the evidence is for another key");
        }
        return new Vouched(verified.tpm().toString(), akChain);
    }
}
