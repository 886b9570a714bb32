package dev.slipway.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.admin.OperatorTokens.Standing;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenFilterTest {

    @ParameterizedTest
    @CsvSource({
        "true, 192.0.2.1, true", "true, 127.0.0.1, true", "false, 127.0.0.1, true", "false, ::1, true", "false, 192.0.2.1, false", "false, 10.0.0.1, false"
    })
    void servesPlainHttpOnThisMachineOnly(boolean encrypted, String peer, boolean served) {
        assertThat(TokenFilter.isPrivate(encrypted, peer)).isEqualTo(served);
    }

    private static final Instant NOW = Instant.parse("2026-11-25T20:00:00Z");

    @Test
    void opensToTheTokenOnly() {
        OperatorToken token = OperatorToken.of("the-right-token");
        assertThat(token.expiresAt()).isEmpty();
        assertThat(token.standing("Bearer the-right-token", NOW)).isEqualTo(Standing.VALID);
        assertThat(token.standing("bearer  the-right-token ", NOW)).isEqualTo(Standing.VALID);
        for (String wrong : new String[] {null, "", "Bearer", "Bearer ", "the-right-token", "Bearer the-right-toke", "Bearer the-right-token2", "Basic the-right-token"}) {
            assertThat(token.standing(wrong, NOW)).as(wrong).isEqualTo(Standing.UNKNOWN);
        }
    }

    @Test
    void opensUntilTheTokenEnds() {
        OperatorToken token = OperatorToken.of("the-right-token.20261125T210000Z");
        Instant end = Instant.parse("2026-11-25T21:00:00Z");
        assertThat(token.expiresAt()).contains(end);
        assertThat(token.standing("Bearer the-right-token.20261125T210000Z", end.minusMillis(1))).isEqualTo(Standing.VALID);
        assertThat(token.standing("Bearer the-right-token.20261125T210000Z", end)).isEqualTo(Standing.EXPIRED);
        assertThat(token.standing("Bearer the-right-token.20991125T210000Z", NOW)).isEqualTo(Standing.UNKNOWN);
        assertThat(token.standing("Bearer the-right-token", NOW)).isEqualTo(Standing.UNKNOWN);
        assertThat(OperatorToken.text("the-right-token", end)).isEqualTo("the-right-token.20261125T210000Z");
    }

    @Test
    void takesNoTokenWhoseEndIsNoDate() {
        assertThatThrownBy(() -> OperatorToken.of("the-right-token.20261340T990000Z"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the token carries an end that is no date: 20261340T990000Z");
    }
}
