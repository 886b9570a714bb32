package dev.slipway.ignition.ticket;

import dev.slipway.bytes.Bytes;
import dev.slipway.bytes.SecretBytes;
import dev.slipway.fdo.type.HashType;
import dev.slipway.fdo.type.RandomSource;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a device shows: 256 random bits as 43 characters, in {@code Authorization: Bearer} (RFC 6750, Authorization Request Header Field).
 * It is kept nowhere; storage knows it by its hash.
 */
public final class TicketToken {

    private static final int RANDOM_OCTETS = 32;
    private static final Pattern HEADER = Pattern.compile("[Bb][Ee][Aa][Rr][Ee][Rr] +([A-Za-z0-9_-]{43})");

    private final SecretBytes text;

    private TicketToken(byte[] text) {
        this.text = SecretBytes.owning(text);
    }

    static TicketToken random(RandomSource random) {
        return new TicketToken(Base64.getUrlEncoder().withoutPadding().encode(random.next(RANDOM_OCTETS).toArray()));
    }

    /** Reads an Authorization header; empty for what is no ticket by its looks. */
    public static Optional<TicketToken> fromHeader(String header) {
        Matcher matcher = HEADER.matcher(header);
        return matcher.matches() ? Optional.of(new TicketToken(matcher.group(1).getBytes(StandardCharsets.US_ASCII))) : Optional.empty();
    }

    /** The random octets, for whoever writes them as text himself. */
    SecretBytes octets() {
        return SecretBytes.owning(Base64.getUrlDecoder().decode(text.toArray()));
    }

    /** The value of an Authorization header. */
    String toHeader() {
        return "Bearer " + new String(text.toArray(), StandardCharsets.US_ASCII);
    }

    /** SHA-256: a look-up by it tells nothing by its time, since nobody can choose hashes that begin alike. */
    public Bytes hash() {
        return HashType.SHA256.hash(text.slice(0, text.length())).value();
    }

    @Override
    public String toString() {
        return "TicketToken[…]";
    }
}
