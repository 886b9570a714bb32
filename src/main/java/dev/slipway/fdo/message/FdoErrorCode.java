package dev.slipway.fdo.message;

/** Error codes with the one phrase that a peer gets for each (FIDO Device Onboard 1.1, Error Code Values). */
public enum FdoErrorCode {
    INVALID_JWT_TOKEN(1, "no such session"),
    INVALID_OWNERSHIP_VOUCHER(2, "ownership voucher not accepted"),
    INVALID_OWNER_SIGN_BODY(3, "owner signature not accepted"),
    INVALID_IP_ADDRESS(4, "address not accepted"),
    INVALID_GUID(5, "GUID not accepted"),
    RESOURCE_NOT_FOUND(6, "not found"),
    MESSAGE_BODY_ERROR(100, "message cannot be read"),
    INVALID_MESSAGE_ERROR(101, "message not accepted"),
    CRED_REUSE_ERROR(102, "credential reuse not accepted"),
    INTERNAL_SERVER_ERROR(500, "try again later");

    private final int number;
    private final String phrase;

    FdoErrorCode(int number, String phrase) {
        this.number = number;
        this.phrase = phrase;
    }

    public int number() {
        return number;
    }

    public String phrase() {
        return phrase;
    }
}
