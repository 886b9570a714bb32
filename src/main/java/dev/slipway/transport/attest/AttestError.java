package dev.slipway.transport.attest;

import dev.slipway.attestation.Reason;
import dev.slipway.failure.Failure;
import java.util.EnumSet;
import java.util.Set;

/** What a peer is told of a refusal: a status, a code that is never renamed, and a phrase that says what to do. */
record AttestError(int status, String code, String phrase) {

    static final int RETRY_SECONDS = 5;
    private static final int BUSY = 503;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int UNPROCESSABLE = 422;
    private static final int CONFLICT = 409;
    private static final int FORBIDDEN = 403;
    private static final int FIRST_OF_OURS = 500;
    private static final Set<Reason> POLICY =
            EnumSet.of(Reason.EK_DENIED, Reason.REPLAY, Reason.EVENT_DATA, Reason.PCR_RESET_STATE, Reason.PCR_POLICY);

    static AttestError of(Failure failure) {
        return switch (failure) {
            case Failure.AttestationRejected f -> rejected(f);
            case Failure.Malformed f -> new AttestError(400, "PARSE", "the request is not what it has to be");
            case Failure.TooLarge f -> new AttestError(413, "TOO_LARGE", "the request is too long");
            case Failure.Forbidden f -> new AttestError(
                    FORBIDDEN, "FORBIDDEN", "not from there; show the token of a station, which ./slipway station add makes");
            case Failure.Busy f -> new AttestError(BUSY, "BUSY", "too much at once; try again in some seconds");
            case Failure.NotFound f -> new AttestError(404, "NOT_FOUND", "there is no such thing");
            case Failure.Conflict f -> conflict();
            case Failure.OutOfSequence f -> conflict();
            case Failure.SessionUnknown f -> new AttestError(404, "SESSION_UNKNOWN", "there is no such challenge, or it was answered; begin again");
            case Failure.Invalid f -> internal();
            case Failure.VoucherRejected f -> internal();
            case Failure.OwnerSignatureRejected f -> internal();
            case Failure.ConfigInvalid f -> internal();
            case Failure.NotYet f -> internal();
            case Failure.NotAcceptable f -> internal();
            case Failure.Internal f -> internal();
        };
    }

    /** The code of a class of reasons; the events say which. */
    static AttestError toDevice(Failure failure) {
        AttestError error = of(failure);
        if (error.status() >= FIRST_OF_OURS || failure instanceof Failure.TooLarge) {
            return error;
        }
        boolean evidence = failure instanceof Failure.Malformed
                || failure instanceof Failure.AttestationRejected rejected && !POLICY.contains(Reason.valueOf(rejected.code()));
        return evidence
                ? new AttestError(FORBIDDEN, "EVIDENCE", "the evidence does not convince; begin again, and see the service's log if it stays so")
                : new AttestError(FORBIDDEN, "POLICY", "this device gets nothing here; see the service's log");
    }

    /** The same for too much from one peer, who is to come again later: how much that is, is none of its business. */
    AttestError ofOnePeer() {
        return new AttestError(TOO_MANY_REQUESTS, code, phrase);
    }

    /** Whether one is to wait before the next try. */
    static boolean isBusy(int status) {
        return status == BUSY || status == TOO_MANY_REQUESTS;
    }

    private static AttestError conflict() {
        return new AttestError(CONFLICT, "CONFLICT", "at odds with what is there");
    }

    private static AttestError internal() {
        return new AttestError(500, "INTERNAL", "something failed here; try again, and ask the operator if it stays so");
    }

    private static AttestError rejected(Failure.AttestationRejected failure) {
        Reason reason = Reason.valueOf(failure.code());
        int status =
                switch (reason) {
                    case SESSION_UNKNOWN -> 404;
                    case PARSE, EK_PARSE -> 400;
                    case GUID_BOUND_TO_OTHER_TPM, GUID_LOCKED, VOUCHER_KEY_MISMATCH -> CONFLICT;
                    default -> UNPROCESSABLE;
                };
        return new AttestError(status, reason.name(), phrase(reason));
    }

    private static String phrase(Reason reason) {
        return switch (reason) {
            case SESSION_UNKNOWN -> "there is no such challenge, or it was answered or is too old; begin again";
            case PARSE -> "what the TPM's tools wrote is not in the form they have; see which file was sent under which name";
            case AK_UNKNOWN -> "this AK was never enrolled";
            case AK_NOT_SIGNING, AK_NOT_RESTRICTED, AK_NOT_TPM_RESIDENT -> "the AK is not one; make it with tpm2_createak";
            case SIGNATURE -> "the AK did not sign this";
            case MAGIC, TYPE -> "the TPM did not make what was signed";
            case NONCE_TOO_SHORT, NONCE -> "what was signed answers another challenge";
            case PCR_SELECTION, PCR_DIGEST, RESET_COUNT, REPLAY, EVENT_DATA, PCR_RESET_STATE, PCR_POLICY -> "the state of the machine is not accepted";
            case EK_PARSE -> "the EK certificate is not one";
            case UNTRUSTED -> "no TPM vendor that is listed certified the EK; let the operator add the vendor's CA, or this EK";
            case CRITICAL_EXT, IS_CA, EKU, SAN -> "the EK certificate is not one of a TPM";
            case NOT_YET_VALID -> "the EK certificate is not valid yet; see the clock of the service";
            case EXPIRED -> "the EK certificate has expired";
            case KEY_MISMATCH -> "the EK certificate is that of another EK; send the one that goes with the kind of key";
            case EK_ATTRIBUTES -> "the EK follows no template; make it with tpm2_createek";
            case EK_DENIED -> "TPMs like this one are not believed any more";
            case KEY_NOT_TPM_RESIDENT -> "the device key is not bound to this TPM; make it with fixedtpm, fixedparent and sensitivedataorigin";
            case OBJECT_IS_RESTRICTED -> "the device key is restricted and cannot sign for FDO";
            case KEY_NOT_SIGNING -> "the device key does not sign";
            case NAME_MISMATCH -> "the AK certified another key than the device key";
            case CREATION_HASH -> "the creation data is not that of the device key";
            case ACTIVATION -> "the credentials were not opened by the TPM that they are for";
            case GUID_BOUND_TO_OTHER_TPM -> "the GUID or a key is bound to another TPM; an operator decides, by ./slipway device enrollment";
            case GUID_LOCKED -> "too many wrong answers; an operator has to look, by ./slipway device enrollment";
            case VOUCHER_KEY_MISMATCH -> "the voucher of this GUID is for another device key";
            case CSR -> "the certificate request is not one by the device key (PKCS#10, DER, ECDSA with SHA-256 or SHA-384), with a subject";
            case NOT_CERTIFYING -> "this service certifies no keys; ask for no certificates, or ask a service with the role manufacturer";
            case WEAK_ALGORITHM -> "SHA-1 is not accepted";
        };
    }
}
