package dev.slipway.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.bytes.SecretBytes;
import java.nio.charset.StandardCharsets;
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

    @Test
    void opensToTheTokenOnly() {
        OperatorToken token = new OperatorToken(SecretBytes.owning("the-right-token".getBytes(StandardCharsets.US_ASCII)));
        assertThat(token.opens("Bearer the-right-token")).isTrue();
        assertThat(token.opens("bearer  the-right-token ")).isTrue();
        for (String wrong : new String[] {null, "", "Bearer", "Bearer ", "the-right-token", "Bearer the-right-toke", "Bearer the-right-token2", "Basic the-right-token"}) {
            assertThat(token.opens(wrong)).as(wrong).isFalse();
        }
    }
}
