package dev.slipway.ignition.assignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.failure.Failure;
import dev.slipway.ignition.ParameterDeclaration;
import dev.slipway.ignition.ParameterType;
import dev.slipway.ignition.ParameterValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is secret of what somebody gave. */
class GivenParametersTest {

    private static final ParameterValue MASK = new ParameterValue.Text("********");

    private static ParameterValue text(String text) {
        return new ParameterValue.Text(text);
    }

    /** One profile declares {@code token} secret and another one not; none declares {@code later}. */
    private static final KnownParameters KNOWN = name -> switch (name) {
        case "token" -> List.of(declaration("token", false), declaration("token", true));
        case "site" -> List.of(declaration("site", false));
        default -> List.of();
    };

    private static ParameterDeclaration declaration(String name, boolean secret) {
        return new ParameterDeclaration(name, ParameterType.STRING, false, secret, Optional.empty(), Optional.empty(), "A value.");
    }

    @Test
    void sealsWhatAnyProfileDeclaresSecretAndWhatNoneDeclares() {
        GivenParameters given = new GivenParameters(
                Map.of("token", text("a"), "site", text("b"), "later", text("c")), Map.of("port", text("d")));
        assertThat(given.sealing(KNOWN::isSecret))
                .isEqualTo(new GivenParameters(Map.of("site", text("b")), Map.of("token", text("a"), "later", text("c"), "port", text("d"))));
        assertThat(given.toString()).doesNotContain("text=");
    }

    @Test
    void putsBackWhatAMaskStandsFor() {
        GivenParameters before = new GivenParameters(Map.of("site", text("b")), Map.of("token", text("stored")));
        assertThat(new GivenParameters(Map.of("site", text("x")), Map.of("token", MASK, "other", text("new"))).unmasked(before))
                .isEqualTo(new GivenParameters(Map.of("site", text("x")), Map.of("token", text("stored"), "other", text("new"))));
        assertThat(new GivenParameters(Map.of("token", MASK), Map.of()).unmasked(before).sealing(KNOWN::isSecret).secret())
                .isEqualTo(Map.of("token", text("stored")));
        assertThatThrownBy(() -> new GivenParameters(Map.of(), Map.of("unknown", MASK)).unmasked(before))
                .isInstanceOf(Failure.Invalid.class)
                .hasMessageContaining("'unknown'")
                .hasMessageContaining("write the secret itself");
    }
}
