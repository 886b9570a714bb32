package dev.slipway.attestation;

import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure.Malformed;
import dev.slipway.tpm.TpmsAttest;
import dev.slipway.tpm.TpmtSignature;
import java.util.function.Function;

/**
 * A TPMS_ATTEST with its signature. What it says is given out only against the AK that signed it; until then it is not even parsed.
 *
 * @param attest the octets as received, which the signature is over
 * @param encodedSignature TPMT_SIGNATURE as received
 * @param signature the same, decoded
 */
public record SignedAttest(Bytes attest, Bytes encodedSignature, TpmtSignature signature) {

    /** The longest that there are have half of this. */
    private static final int MAX_ATTEST_OCTETS = 1024;

    /** @throws Malformed if {@code attest} is longer than any attestation */
    public SignedAttest {
        if (attest.length() > MAX_ATTEST_OCTETS) {
            throw new Malformed("TPMS_ATTEST of " + attest.length() + " octets");
        }
    }

    /** @throws Malformed if {@code signature} is no TPMT_SIGNATURE, or {@code attest} too long */
    public static SignedAttest decode(Bytes attest, Bytes signature) {
        return new SignedAttest(attest, signature, TpmtSignature.decode(signature));
    }

    TpmsAttest.Quote quote(AttestationKey ak) {
        return verify(ak, TpmsAttest.Quote.TYPE, TpmsAttest.Quote::decode);
    }

    TpmsAttest.Certify certify(AttestationKey ak) {
        return verify(ak, TpmsAttest.Certify.TYPE, TpmsAttest.Certify::decode);
    }

    TpmsAttest.Creation creation(AttestationKey ak) {
        return verify(ak, TpmsAttest.Creation.TYPE, TpmsAttest.Creation::decode);
    }

    private <T extends TpmsAttest> T verify(AttestationKey ak, int type, Function<Bytes, T> decoder) {
        // spec: the AK signed these octets, with the scheme it is bound to
        if (!signature.verifies(ak.publicArea(), attest)) {
            throw Reason.SIGNATURE.rejected("signature", "the AK " + ak.name() + " did not sign this");
        }
        TpmsAttest.Header header = TpmsAttest.Header.decode(attest);
        // spec: the TPM made them itself
        if (header.magic() != TpmsAttest.TPM_GENERATED_VALUE) {
            throw Reason.MAGIC.rejected("attest", "begins with 0x%08x and not with TPM_GENERATED: the TPM did not make it".formatted(header.magic()));
        }
        // spec: they attest to what this is about, and not to something else
        if (header.type() != type) {
            throw Reason.TYPE.rejected("attest", "is of type 0x%04x and not 0x%04x".formatted(header.type(), type));
        }
        return decoder.apply(attest);
    }
}
