package dev.slipway.fdo.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.Vectors;
import dev.slipway.bytes.Bytes;
import dev.slipway.cbor.CborItem;
import dev.slipway.fdo.voucher.VoucherPem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every variable of a directive, in words and in octets. */
class RvTextTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "dev-only                     | 8181 8100",
        "owner-only                   | 8181 8101",
        "ip-address=127.0.0.1         | 8181 8202 45447f000001",
        "ip-address=0:0:0:0:0:0:0:1   | 8181 8202 515000000000000000000000000000000001",
        "dev-port=6570                | 8181 8203 431919aa",
        "owner-port=80                | 8181 8204 421850",
        "dns=localhost                | 8181 8205 4a696c6f63616c686f7374",
        "sv-cert-hash=sha256:0000000000000000000000000000000000000000000000000000000000000000 | 8181 8206 5824 822f58200000000000000000000000000000000000000000000000000000000000000000",
        "cl-cert-hash=sha256:0000000000000000000000000000000000000000000000000000000000000000 | 8181 8207 5824 822f58200000000000000000000000000000000000000000000000000000000000000000",
        "user-input=true              | 8181 8208 41f5",
        "'wifi-ssid=\"a \\\"b\"'  | 8181 8209 45 64612022 62",
        "medium=eth3                  | 8181 820b 4103",
        "medium=wifi2                 | 8181 820b 410c",
        "medium=eth-all               | 8181 820b 4114",
        "medium=wifi-all              | 8181 820b 4115",
        "protocol=rest                | 8181 820c 4100",
        "protocol=http                | 8181 820c 4101",
        "protocol=https               | 8181 820c 4102",
        "protocol=tcp                 | 8181 820c 4103",
        "protocol=tls                 | 8181 820c 4104",
        "protocol=coap-tcp            | 8181 820c 4105",
        "protocol=coap-udp            | 8181 820c 4106",
        "delaysec=4294967295          | 8181 820d 451affffffff",
        "bypass                       | 8181 810e",
        "ext-rv=mechanism,x           | 8181 820f 4d 82 69 6d656368616e69736d 6178"
    })
    void writesAndReadsEveryVariable(String text, String hex) {
        RendezvousInfo written = RendezvousInfo.of(List.of(RvText.parse(text)));
        assertThat(written.encoded().toHex()).isEqualTo(hex.replace(" ", ""));
        RendezvousInfo read = RendezvousInfo.decode(CborItem.decode(Bytes.fromHex(hex.replace(" ", ""))));
        assertThat(RvText.describe(read)).containsExactly(text);
    }

    @Test
    void masksAPassword() {
        RendezvousInfo written = RendezvousInfo.of(List.of(RvText.parse("wifi-ssid=guest wifi-pw=secret")));
        assertThat(written.encoded().toHex()).isEqualTo("8182" + "8209" + "46656775657374" + "820a" + "4766736563726574");
        assertThat(RvText.describe(written)).containsExactly("wifi-ssid=guest wifi-pw=********");
    }

    /** A password that is not quoted where it has to be is cut in two; neither half may be told. */
    @ParameterizedTest
    @ValueSource(strings = {"wifi-ssid=a wifi-pw=hunter2 half", "wifi-pw=hunter2 half=x", "wifi-pw=\"hunter2 half", "wifi-pw=hunter2\"half", "wifi-pw=hunter2 HALF"})
    void tellsNothingOfAPasswordThatIsWrittenWrongly(String text) {
        assertThatThrownBy(() -> RvText.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .doesNotContainIgnoringCase("hunter2")
                .doesNotContainIgnoringCase("half");
    }

    /** As other implementations wrote them, with flags of two elements and without. */
    @Test
    void describesVouchersOfOthers() {
        assertThat(RvText.describe(VoucherPem.decode(Vectors.bytes("captures/csdk-ecdsa256-gcm/voucher.pem")).get(0).header().value().rvInfo()))
                .containsExactly("dns=localhost dev-port=18090 protocol=http ip-address=127.0.0.1 owner-port=18090");
        RendezvousInfo flags = RendezvousInfo.decode(CborItem.decode(Bytes.fromHex("81" + "82" + "820e41f5" + "8201" + "41f6")));
        assertThat(flags.directives().get(0).has(RvVariable.BYPASS)).isTrue();
        assertThat(flags.directives().get(0).has(RvVariable.OWNER_ONLY)).isTrue();
    }

    @Test
    void showsInHexWhatItCannotRead() {
        assertThat(RvText.describe(RendezvousInfo.decode(CborItem.decode(Bytes.fromHex("8181" + "8203" + "4161".replace("61", "f5"))))))
                .containsExactly("dev-port=0xf5");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "  ", "dns", "dns=", "nonsense=1", "dev-port=65536", "dev-port=-1", "dev-port=x", "ip-address=localhost", "ip-address=1.2.3", "protocol=ftp",
        "bypass=1", "medium=eth10", "sv-cert-hash=00", "sv-cert-hash=sha256:00", "delaysec=4294967296", "user-input=maybe", "dns=a b=\"c", "DNS=a", "dns=a,b c d="
    })
    void refusesWhatIsNoDirective(String text) {
        assertThatThrownBy(() -> RvText.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "dns=owner.example port=443 protocol=https   | 84f66d6f776e65722e6578616d706c651901bb05",
        "ip=192.0.2.1 port=80 protocol=http          | 8444c0000201f6185003",
        "dns=a ip=192.0.2.1 port=1 protocol=tcp      | 8444c000020161610101",
        "dns=a port=2 protocol=tls                   | 84f661610202",
        "dns=a port=3 protocol=coap                  | 84f661610304",
        "dns=a port=3 protocol=coaps                 | 84f661610306"
    })
    void writesAddressesWithTheirOwnTransportNumbers(String text, String hex) {
        assertThat(new RvTo2Addr(List.of(RvTo2AddrText.parse(text))).encode().toHex()).isEqualTo("81" + hex);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dns=a port=1", "port=1 protocol=http", "dns=a protocol=http", "dns=a dns=b port=1 protocol=http", "dns=a port=1 protocol=rest", "bypass"})
    void refusesWhatIsNoAddress(String text) {
        assertThatThrownBy(() -> RvTo2AddrText.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
