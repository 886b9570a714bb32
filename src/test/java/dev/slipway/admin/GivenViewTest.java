package dev.slipway.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.ignition.ParameterDeclaration;
import dev.slipway.ignition.ParameterType;
import dev.slipway.ignition.ParameterValue;
import dev.slipway.ignition.assignment.GivenParameters;
import dev.slipway.ignition.assignment.KnownParameters;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What people are shown of what somebody gave. */
class GivenViewTest {

    @Test
    void masksWhatWasStoredOpenAndIsDeclaredSecretByNow() {
        KnownParameters known = name -> List.of(new ParameterDeclaration(
                name, ParameterType.STRING, true, name.equals("token"), Optional.empty(), Optional.empty(), "A value."));
        GivenParameters stored = new GivenParameters(
                Map.of("site", new ParameterValue.Text("17"), "token", new ParameterValue.Text("t0ken")), Map.of("key", new ParameterValue.Text("k3y")));
        assertThat(GivenView.of(stored, known)).isEqualTo(new GivenView(Map.of("site", "17"), Map.of("token", "********", "key", "********")));
    }
}
