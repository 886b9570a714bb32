package dev.slipway.client;

/** The service answered with an error message, or with something that is no FDO message. */
public final class PeerError extends RuntimeException {

    private final int status;
    private final int code;

    PeerError(int status, int code, String text) {
        super(text, null, false, false);
        this.status = status;
        this.code = code;
    }

    /** Of HTTP. */
    public int status() {
        return status;
    }

    /** Of the error message; 0 where there was none. */
    public int code() {
        return code;
    }
}
