package dev.slipway.transport.ignition;

import dev.slipway.failure.Failure;

/** The statuses that a device is answered with, and the one phrase for each. */
enum IgnitionStatus {
    OK(200, ""),
    /** The completion report was taken. */
    NO_CONTENT(204, ""),
    /** Whatever is wrong with the ticket. */
    FORBIDDEN(403, "not allowed\n"),
    METHOD_NOT_ALLOWED(405, ""),
    NOT_ACCEPTABLE(406, "no config for this version of Ignition\n"),
    PAYLOAD_TOO_LARGE(413, ""),
    /**
     * Ask again. Without a body, Ignition keeps the connection, and its next request needs no new handshake.
     */
    SERVICE_UNAVAILABLE(503, "");

    private final int code;
    private final String phrase;

    IgnitionStatus(int code, String phrase) {
        this.code = code;
        this.phrase = phrase;
    }

    int code() {
        return code;
    }

    /** What a person who calls this by hand reads. */
    String phrase() {
        return phrase;
    }

    static IgnitionStatus of(Failure failure) {
        return switch (failure) {
            case Failure.NotYet f -> SERVICE_UNAVAILABLE;
            case Failure.Busy f -> SERVICE_UNAVAILABLE;
            case Failure.ConfigInvalid f -> SERVICE_UNAVAILABLE;
            case Failure.Conflict f -> SERVICE_UNAVAILABLE;
            case Failure.Internal f -> SERVICE_UNAVAILABLE;
            case Failure.NotAcceptable f -> NOT_ACCEPTABLE;
            case Failure.TooLarge f -> PAYLOAD_TOO_LARGE;
            case Failure.Forbidden f -> FORBIDDEN;
            case Failure.Malformed f -> FORBIDDEN;
            case Failure.Invalid f -> FORBIDDEN;
            case Failure.OutOfSequence f -> FORBIDDEN;
            case Failure.SessionUnknown f -> FORBIDDEN;
            case Failure.VoucherRejected f -> FORBIDDEN;
            case Failure.OwnerSignatureRejected f -> FORBIDDEN;
            case Failure.AttestationRejected f -> FORBIDDEN;
            case Failure.NotFound f -> FORBIDDEN;
        };
    }
}
