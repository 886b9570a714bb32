package dev.slipway.admin;

/** Knows who may use the API, by what he shows. */
public interface OperatorTokens {

    /** What a token is worth. */
    enum Standing {
        VALID,
        /** It was one, and its time is over. */
        EXPIRED,
        UNKNOWN
    }

    /** @param authorization the header; null where there was none */
    Standing standing(String authorization);
}
