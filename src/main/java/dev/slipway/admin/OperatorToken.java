package dev.slipway.admin;

import dev.slipway.bytes.SecretBytes;
import java.nio.charset.StandardCharsets;

/** The bearer token that opens the API; it lies in the data folder as {@code api-token}. */
public final class OperatorToken {

    private static final String SCHEME = "Bearer ";

    private final SecretBytes token;

    public OperatorToken(SecretBytes token) {
        this.token = token;
    }

    /** Compares in constant time. */
    boolean opens(String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return false;
        }
        byte[] shown = authorization.substring(SCHEME.length()).strip().getBytes(StandardCharsets.UTF_8);
        return token.constantTimeEquals(SecretBytes.owning(shown));
    }
}
