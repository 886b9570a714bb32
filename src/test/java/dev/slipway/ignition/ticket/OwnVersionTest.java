package dev.slipway.ignition.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.bytes.SecretBytes;
import dev.slipway.failure.Failure;
import dev.slipway.ignition.IgnitionVersion;
import dev.slipway.ignition.RenderedConfig;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnVersionTest {

    private static final String TYPE = "application/vnd.coreos.ignition+json";

    private final RenderedConfig config = new RenderedConfig(SecretBytes.owning(new byte[] {'{', '}'}), IgnitionVersion.V3_4_0);

    @ParameterizedTest
    @ValueSource(strings = {
        "", "*/*", "application/json", TYPE, TYPE + ";version=3.4.0", TYPE + ";version=3.6.0, */*;q=0.1", TYPE + "; version=3.0.0",
        TYPE + "; version=2.4.0, " + TYPE + "; version=3.0.0; q=0.5", "text/plain;version=2.0.0"
    })
    void isGivenToWhoeverTakesIt(String accept) {
        assertThat(new OwnVersion().forClient(config, Optional.of(accept))).isSameAs(config);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        TYPE + ";version=2.4.0", TYPE + ";version=4.0.0, */*;q=0.1", TYPE + "; version=2.4.0, " + TYPE + "; version=1; q=0.5", TYPE + ";version=33.0.0"
    })
    void isKeptFromClientsOfAnotherMajorVersion(String accept) {
        assertThatThrownBy(() -> new OwnVersion().forClient(config, Optional.of(accept))).isInstanceOf(Failure.NotAcceptable.class);
    }

    @Test
    void isGivenToClientsThatNameNone() {
        assertThat(new OwnVersion().forClient(config, Optional.empty())).isSameAs(config);
    }
}
