package dev.slipway.fdo.type;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.bytes.Bytes;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a device finds its owner, by what the owner told the rendezvous server. Directives are looked at where they are used. */
class RvUrlsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "dns=a port=81 protocol=http                         | http://a:81",
        "dns=a port=81 protocol=https                        | https://a:81",
        "dns=a port=0 protocol=https                         | https://a:443",
        "dns=a ip=192.0.2.1 port=81 protocol=http            | http://a:81 http://192.0.2.1:81",
        "ip=2001:db8::1 port=81 protocol=http                | http://[2001:db8:0:0:0:0:0:1]:81",
        "dns=\"a b\" ip=192.0.2.1 port=81 protocol=http      | http://192.0.2.1:81",
        "dns=a port=81 protocol=tcp                          |",
        "dns=a port=81 protocol=tls                          |",
        "dns=a port=81 protocol=coap                         |",
        "dns=a port=81 protocol=coaps                        |"
    })
    void triesTheNameBeforeTheAddress(String address, String urls) {
        List<URI> expected = urls == null ? List.of() : Arrays.stream(urls.split(" ")).map(URI::create).toList();
        assertThat(RvUrls.of(RvTo2AddrText.parse(address))).containsExactlyElementsOf(expected);
    }

    /** As the tools of go-fdo write it. */
    @Test
    void takesAnIpv4AddressInSixteenOctetsForWhatItIs() {
        Bytes mapped = Bytes.fromHex("00000000000000000000ffff7f000001");
        assertThat(RvUrls.of(new RvTo2Addr.Entry(Optional.of(mapped), Optional.empty(), 81, RvTo2Addr.TransportProtocol.HTTP)))
                .containsExactly(URI.create("http://127.0.0.1:81"));
    }
}
