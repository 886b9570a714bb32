package dev.slipway.ops;

import dev.slipway.admin.OperatorToken;
import dev.slipway.admin.OperatorTokens;
import dev.slipway.fdo.type.RandomSource;
import dev.slipway.keystore.OwnerOnlyFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Optional;
import org.jboss.logging.Logger;

/** The operator's token in the data folder, 256 random bits. A running service sees changes at once. */
public final class ApiTokenFile implements OperatorTokens {

    private static final Logger LOG = Logger.getLogger(ApiTokenFile.class);
    private static final String NAME = "api-token";
    private static final int TOKEN_OCTETS = 32;
    private static final int MIN_CHARACTERS = 32;

    private final Path file;
    private final Clock clock;

    public ApiTokenFile(Path data, Clock clock) {
        this.file = data.resolve(NAME);
        this.clock = clock;
    }

    /** Makes a token if there is none, one without an end, and says so if it has expired. */
    void prepare(RandomSource random) {
        if (!Files.exists(file)) {
            write(secret(random));
        }
        if (read().hasExpired(clock.instant())) {
            LOG.warnf("the operator token in %s has expired: the API is closed until ./slipway api-token renew", file);
        }
    }

    /**
     * Makes a new token; the one before is void.
     *
     * @param validFor empty for one without an end
     * @return its end
     */
    public Optional<Instant> renew(RandomSource random, Optional<Duration> validFor) {
        Optional<Instant> end = validFor.map(duration -> clock.instant().plus(duration).truncatedTo(ChronoUnit.SECONDS));
        String secret = secret(random);
        write(end.map(instant -> OperatorToken.text(secret, instant)).orElse(secret));
        return end;
    }

    private static String secret(RandomSource random) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random.next(TOKEN_OCTETS).toArray());
    }

    private void write(String token) {
        try {
            OwnerOnlyFile.write(file, token.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new StartException(file + " cannot be made: " + e);
        }
    }

    private OperatorToken read() {
        try {
            String token = Files.readString(file).strip();
            if (token.length() < MIN_CHARACTERS) {
                throw new StartException(file + " holds no token of at least " + MIN_CHARACTERS + " characters; delete it to have one made");
            }
            return OperatorToken.of(token);
        } catch (IOException e) {
            throw new StartException(file + " cannot be read: " + e);
        } catch (IllegalArgumentException e) {
            throw new StartException(file + ": " + e.getMessage() + "; make a new one by ./slipway api-token renew");
        }
    }

    @Override
    public Standing standing(String authorization) {
        try {
            return read().standing(authorization, clock.instant());
        } catch (StartException e) {
            LOG.errorf("nobody gets into the API: %s", e.getMessage());
            return Standing.UNKNOWN;
        }
    }
}
