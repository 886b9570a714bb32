package dev.slipway.ignition.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.bytes.SecretBytes;
import dev.slipway.failure.Failure;
import dev.slipway.ignition.RenderedConfig;
import dev.slipway.ignition.spec.IgnitionVersion;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AcceptedVersionTest {

    private static final String TYPE = "application/vnd.coreos.ignition+json";

    private final AcceptedVersion versions = new AcceptedVersion();

    private static RenderedConfig config(String kernelArguments) {
        String json = "{\"ignition\":{\"version\":\"3.4.0\"},\"kernelArguments\":{\"shouldExist\":[" + kernelArguments + "]}}";
        return new RenderedConfig(SecretBytes.owning(json.getBytes(StandardCharsets.UTF_8)), IgnitionVersion.V3_4_0);
    }

    private static String text(RenderedConfig config) {
        return new String(config.octets().toArray(), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "*/*", "application/json", TYPE, TYPE + ";version=3.4.0", TYPE + ";version=3.6.0, */*;q=0.1", "text/plain;version=2.0.0"
    })
    void givesTheConfigAsItIsToWhoeverTakesIt(String accept) {
        RenderedConfig config = config("\"quiet\"");
        assertThat(versions.forClient(config, Optional.of(accept))).isSameAs(config);
    }

    @Test
    void givesTheConfigAsItIsToClientsThatNameNoVersion() {
        RenderedConfig config = config("\"quiet\"");
        assertThat(versions.forClient(config, Optional.empty())).isSameAs(config);
    }

    @Test
    void givesAnOlderVersionToClientsThatReadOnlyThat() {
        RenderedConfig lowered = versions.forClient(config("\"quiet\""), Optional.of(TYPE + ";version=3.3.0, */*;q=0.1"));
        assertThat(lowered.version()).isEqualTo(IgnitionVersion.V3_3_0);
        assertThat(text(lowered)).isEqualTo("{\"ignition\":{\"version\":\"3.3.0\"},\"kernelArguments\":{\"shouldExist\":[\"quiet\"]}}");
    }

    @Test
    void understandsClientsThatNameSeveralVersions() {
        RenderedConfig lowered = versions.forClient(config("\"quiet\""), Optional.of(TYPE + "; version=2.4.0, " + TYPE + "; version=3.3.0; q=0.5"));
        assertThat(lowered.version()).isEqualTo(IgnitionVersion.V3_3_0);
    }

    @Test
    void refusesAClientThatReadsTooOldAVersionForWhatTheConfigNeeds() {
        assertThatThrownBy(() -> versions.forClient(config("\"quiet\""), Optional.of(TYPE + ";version=3.2.0")))
                .isInstanceOf(Failure.NotAcceptable.class)
                .hasMessageContaining("3.2.0")
                .hasMessageContaining("kernelArguments")
                .hasMessageNotContaining("quiet");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        TYPE + ";version=2.4.0", TYPE + ";version=4.0.0, */*;q=0.1", TYPE + "; version=2.4.0, " + TYPE + "; version=1; q=0.5", TYPE + ";version=33.0.0"
    })
    void refusesClientsOfAnotherMajorVersion(String accept) {
        RenderedConfig config = config("\"quiet\"");
        assertThatThrownBy(() -> versions.forClient(config, Optional.of(accept))).isInstanceOf(Failure.NotAcceptable.class);
    }
}
