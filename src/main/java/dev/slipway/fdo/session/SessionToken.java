package dev.slipway.fdo.session;

import dev.slipway.bytes.Bytes;
import dev.slipway.fdo.type.RandomSource;
import java.util.Base64;
import java.util.Optional;

/** What a client shows to go on with its session: 192 random bits. */
public record SessionToken(String value) {

    private static final int RANDOM_OCTETS = 24;
    private static final String SCHEME = "Bearer ";
    private static final int CHARACTERS = 32;

    static SessionToken random(RandomSource random) {
        Bytes octets = random.next(RANDOM_OCTETS);
        return new SessionToken(Base64.getUrlEncoder().withoutPadding().encodeToString(octets.toArray()));
    }

    /** Reads an Authorization header; some clients echo the token without its scheme. */
    public static Optional<SessionToken> fromHeader(String header) {
        boolean withScheme = header.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
        String value = (withScheme ? header.substring(SCHEME.length()) : header).strip();
        return isToken(value) ? Optional.of(new SessionToken(value)) : Optional.empty();
    }

    private static boolean isToken(String value) {
        return value.length() == CHARACTERS && value.chars().allMatch(SessionToken::isBase64Url);
    }

    private static boolean isBase64Url(int character) {
        return character >= 'A' && character <= 'Z'
                || character >= 'a' && character <= 'z'
                || character >= '0' && character <= '9'
                || character == '-'
                || character == '_';
    }

    public String toHeader() {
        return SCHEME + value;
    }

    @Override
    public String toString() {
        return "SessionToken[…]";
    }
}
