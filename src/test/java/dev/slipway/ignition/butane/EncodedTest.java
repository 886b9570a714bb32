package dev.slipway.ignition.butane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.bytes.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EncodedTest {

    private static Bytes text(String text) {
        return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void leavesWhatAUrlReservesNothingFor() {
        assertThat(Encoded.shortest(text("AZaz09-_.!~*'()"), true)).isEqualTo(new Encoded("data:,AZaz09-_.!~*'()", false));
        assertThat(Encoded.percentEncoded(text("a b/é\n"))).isEqualTo(new Encoded("data:,a%20b%2F%C3%A9%0A", false));
    }

    @Test
    void ofEqualLengthsTakesTheEarlier() {
        assertThat(Encoded.shortest(text(""), true)).isEqualTo(new Encoded("data:,", false));
        // Three octets escaped and eleven plain ones: 20 characters; in Base64 the same.
        assertThat(Encoded.percentEncoded(text("       ")).source()).hasSize(5 + 22);
        assertThat(Encoded.shortest(text("       "), true).source()).isEqualTo("data:;base64,ICAgICAgIA==");
    }

    @Test
    void packsOctetsInBase64() {
        assertThat(Encoded.shortest(Bytes.of(new byte[] {0, 1, 2, (byte) 0xff, (byte) 0xfe, 0, 0, 0}), true).source())
                .isEqualTo("data:;base64,AAEC//4AAAA=");
    }

    @Test
    void compressesWhatGetsShorterByMoreThanItCosts() {
        Bytes long1 = text("lorem ipsum ".repeat(100));
        Encoded packed = Encoded.shortest(long1, true);
        assertThat(packed.gzip()).isTrue();
        assertThat(packed.source()).startsWith("data:;base64,H4sI").hasSizeLessThan(120);
        assertThat(Encoded.shortest(long1, false).gzip()).isFalse();
        byte[] noise = new byte[1000];
        new Random(1).nextBytes(noise);
        assertThat(Encoded.shortest(Bytes.owning(noise), true).gzip()).isFalse();
    }
}
