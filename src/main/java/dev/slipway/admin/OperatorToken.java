package dev.slipway.admin;

import dev.slipway.admin.OperatorTokens.Standing;
import dev.slipway.bytes.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A bearer token that opens the API. One with an end carries it, as in {@code Zm9v….20270101T000000Z}: whoever holds it can see how long it is
 * good for, and nobody can change that, because all of it is compared.
 */
public final class OperatorToken {

    private static final String SCHEME = "Bearer ";
    private static final Pattern WITH_END = Pattern.compile(".*\\.([0-9]{8}T[0-9]{6}Z)");
    private static final DateTimeFormatter END = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final SecretBytes token;
    private final Optional<Instant> expiresAt;

    private OperatorToken(SecretBytes token, Optional<Instant> expiresAt) {
        this.token = token;
        this.expiresAt = expiresAt;
    }

    /** @throws IllegalArgumentException if it carries an end that is no date */
    public static OperatorToken of(String text) {
        Matcher end = WITH_END.matcher(text);
        try {
            Optional<Instant> expiresAt = end.matches() ? Optional.of(END.parse(end.group(1), Instant::from)) : Optional.empty();
            return new OperatorToken(SecretBytes.owning(text.getBytes(StandardCharsets.UTF_8)), expiresAt);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("the token carries an end that is no date: " + end.group(1));
        }
    }

    /** The text of a token that carries its end. */
    public static String text(String secret, Instant expiresAt) {
        return secret + "." + END.format(expiresAt);
    }

    public Optional<Instant> expiresAt() {
        return expiresAt;
    }

    public boolean hasExpired(Instant now) {
        return expiresAt.filter(end -> !now.isBefore(end)).isPresent();
    }

    /** Compares in constant time. That it has expired is told to none but its holder. */
    public Standing standing(String authorization, Instant now) {
        if (authorization == null || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Standing.UNKNOWN;
        }
        byte[] shown = authorization.substring(SCHEME.length()).strip().getBytes(StandardCharsets.UTF_8);
        if (!token.constantTimeEquals(SecretBytes.owning(shown))) {
            return Standing.UNKNOWN;
        }
        return hasExpired(now) ? Standing.EXPIRED : Standing.VALID;
    }
}
