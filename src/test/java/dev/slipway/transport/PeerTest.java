package dev.slipway.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeerTest {

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1,true", "127.8.9.10,true", "::1,true", "0:0:0:0:0:0:0:1%0,true", "192.0.2.7,false", "10.0.0.1,false", "2001:db8::1,false", "fe80::1,false"
    })
    void isPrivateOverHttpOnThisMachineOnly(String address, boolean local) throws UnknownHostException {
        assertThat(Peer.isPrivate(false, InetAddress.getByName(address))).isEqualTo(local);
        assertThat(Peer.isPrivate(true, InetAddress.getByName(address))).isTrue();
    }

    @Test
    void keepsItsTextOnALineAndShort() {
        assertThat(Peer.printable("a\r\nb\u001b[2Jc\u0000d")).isEqualTo("a  b [2Jc d");
        assertThat(Peer.printable("x".repeat(600))).hasSize(512);
        assertThat(Peer.printable("")).isEmpty();
    }
}
