package dev.slipway.transport.attest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.failure.Failure.Forbidden;
import dev.slipway.transport.ManufacturingNetworks;
import dev.slipway.transport.Stations;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FactoryAccessTest {

    private final FactoryAccess access = new FactoryAccess(
            new ManufacturingNetworks(List.of("192.0.2.0/24")),
            token -> token.equals("right") ? Optional.of(new Stations.Station(Optional.empty())) : Optional.empty());

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
        "127.0.0.1,    -,                         -,     true",
        "::1,          -,                         -,     true",
        "192.0.2.9,    -,                         -,     true",
        "198.51.100.1, -,                         -,     false",
        "198.51.100.1, Bearer right,              -,     true",
        "198.51.100.1, bearer  right,             -,     true",
        "198.51.100.1, -,                         right, true",
        "198.51.100.1, Bearer wrong,              -,     false",
        "198.51.100.1, -,                         wrong, false",
        "198.51.100.1, right,                     -,     false",
        "198.51.100.1, Basic right,               -,     false",
        "198.51.100.1, Bearer right x,            -,     false",
        "198.51.100.1, Bearer wrong|Bearer right, -,     false",
        "198.51.100.1, Bearer wrong,              right, false",
        "198.51.100.1, Bearer right,              wrong, false",
        "198.51.100.1, Bearer right,              right, true",
        "127.0.0.1,    Bearer wrong,              -,     false",
        "127.0.0.1,    -,                         wrong, false",
        "192.0.2.9,    Bearer wrong,              -,     false"
    })
    void isOpenToThisMachineListedNetworksAndStations(String peer, String headers, String inPath, boolean open) throws UnknownHostException {
        List<String> shown = headers == null ? List.of() : Arrays.asList(headers.split("\\|"));
        boolean opened;
        try {
            access.require(InetAddress.getByName(peer), shown, Optional.ofNullable(inPath));
            opened = true;
        } catch (Forbidden e) {
            opened = false;
        }
        assertThat(opened).isEqualTo(open);
    }
}
