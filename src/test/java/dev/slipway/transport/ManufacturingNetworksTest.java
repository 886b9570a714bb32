package dev.slipway.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManufacturingNetworksTest {

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, true", "127.8.9.10, true", "::1, true", "::ffff:127.0.0.1, true", "192.0.2.1, true", "192.0.2.255, true", "192.0.3.0, false",
        "10.0.0.1, false", "2001:db8::1, true", "2001:db9::1, false", "::ffff:192.0.2.7, true"
    })
    void acceptsThisMachineAndListedNetworks(String address, boolean accepted) throws UnknownHostException {
        ManufacturingNetworks networks = new ManufacturingNetworks(List.of("192.0.2.0/24", "2001:db8::/32"));
        assertThat(networks.contain(InetAddress.getByName(address))).isEqualTo(accepted);
    }

    @Test
    void acceptsThisMachineOnlyByDefault() throws UnknownHostException {
        ManufacturingNetworks networks = new ManufacturingNetworks(List.of());
        assertThat(networks.contain(InetAddress.getByName("127.0.0.1"))).isTrue();
        assertThat(networks.contain(InetAddress.getByName("192.0.2.1"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.0", "192.0.2.0/33", "example.org/24", "x", "/24", "192.0.2.0/-1"})
    void refusesWhatIsNoNetwork(String network) {
        assertThatThrownBy(() -> new ManufacturingNetworks(List.of(network)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("slipway.manufacturer.networks");
    }
}
