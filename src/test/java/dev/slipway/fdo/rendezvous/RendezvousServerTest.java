package dev.slipway.fdo.rendezvous;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.bytes.Bytes;
import dev.slipway.cbor.CborItem;
import dev.slipway.fdo.type.RendezvousInfo;
import dev.slipway.fdo.type.RvText;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which servers an owner registers with, by what a voucher says. */
class RendezvousServerTest {

    private static List<List<URI>> servers(RendezvousInfo rvInfo) {
        return RendezvousServer.of(rvInfo).stream().map(RendezvousServer::urls).toList();
    }

    private static List<List<URI>> servers(String... directives) {
        return servers(RendezvousInfo.of(Arrays.stream(directives).map(RvText::parse).toList()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "dns=a owner-port=81 dev-port=82 protocol=http      | http://a:81",
        "dns=a protocol=http                                | http://a:80",
        "dns=a protocol=https                               | https://a:443",
        "dns=a                                              | https://a:443",
        "dns=a protocol=rest                                | https://a:443 http://a:80",
        "ip-address=192.0.2.1 protocol=http                 | http://192.0.2.1:80",
        "ip-address=::1 protocol=http                       | http://[0:0:0:0:0:0:0:1]:80",
        "ip-address=1.2.3.4 dns=a ip-address=1.2.3.5 protocol=http owner-port=1 owner-only | http://a:1 http://1.2.3.4:1 http://1.2.3.5:1"
    })
    void namesTheWaysToAServerBestFirst(String directive, String urls) {
        assertThat(servers(directive)).containsExactly(Arrays.stream(urls.split(" ")).map(URI::create).toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"dns=a dev-only", "dns=a bypass", "dns=a protocol=tcp", "dns=a protocol=coap-udp", "delaysec=5", "owner-port=1", "dns=\"a b\"", "dns=a/b@c:1:2"})
    void passesOverDirectivesThatNameNoServer(String directive) {
        assertThat(servers(directive, "dns=other protocol=http")).containsExactly(List.of(URI.create("http://other:80")));
    }

    @Test
    void namesEachServerOnce() {
        assertThat(servers("dns=a protocol=http dev-port=1", "dns=a protocol=http dev-port=2")).hasSize(1);
    }

    /** A name that is a number, a port that is a text, an address of three octets, a protocol that nobody knows. */
    @ParameterizedTest
    @ValueSource(strings = {"8181" + "82054105", "8182" + "8205426161" + "8204426161", "8181" + "82024443010203", "8182" + "8205426161" + "820c421818"})
    void passesOverDirectivesThatCannotBeRead(String hex) {
        assertThat(servers(RendezvousInfo.decode(CborItem.decode(Bytes.fromHex(hex))))).isEmpty();
    }
}
