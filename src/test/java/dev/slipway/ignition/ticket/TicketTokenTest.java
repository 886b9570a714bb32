package dev.slipway.ignition.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.bytes.Bytes;
import dev.slipway.fdo.VoucherFixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TicketTokenTest {

    private static final String TEXT = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    @Test
    void is256RandomBits() {
        TicketToken token = TicketToken.random(octets -> {
            assertThat(octets).isEqualTo(32);
            return Bytes.fromHex("ff".repeat(32));
        });
        assertThat(token.toHeader()).isEqualTo("Bearer __________________________________________8");
        assertThat(TicketToken.fromHeader(token.toHeader()).orElseThrow().hash()).isEqualTo(token.hash());
    }

    /** By {@code sha256sum} of the 43 characters. */
    @Test
    void isKnownByItsHash() {
        assertThat(TicketToken.fromHeader("Bearer " + TEXT).orElseThrow().hash())
                .hasToString("0f007385b6f9d4b7eeb2748605afe1a984a0a3bfa3f014d09e2a784ce9e5cd1a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer " + TEXT, "bearer " + TEXT, "BEARER " + TEXT, "Bearer   " + TEXT})
    void isReadFromAHeader(String header) {
        assertThat(TicketToken.fromHeader(header)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "Bearer", "Bearer ", TEXT, "Bearer" + TEXT, "Basic " + TEXT, "Bearer " + TEXT + "A", "Bearer A", "Bearer " + TEXT + " ", " Bearer " + TEXT,
        "Bearer " + TEXT + "=", "Bearer AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA+", "Bearer " + TEXT + "\n", "Bearer " + TEXT + ", Bearer " + TEXT,
        "Bearer\t" + TEXT, "Bearer AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\u00e4", "Bearer AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\u0000"
    })
    void isNothingElse(String header) {
        assertThat(TicketToken.fromHeader(header)).isEmpty();
    }

    @Test
    void doesNotShowItself() {
        TicketToken token = TicketToken.random(VoucherFixture::random);
        assertThat(token.toString()).isEqualTo("TicketToken[…]");
    }
}
