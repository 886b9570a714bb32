package dev.slipway.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.slipway.bytes.Bytes;
import dev.slipway.bytes.SecretBytes;
import dev.slipway.client.FdoClient;
import dev.slipway.fdo.VoucherFixture;
import dev.slipway.fdo.kex.CipherSuite;
import dev.slipway.fdo.kex.KexSuite;
import dev.slipway.fdo.key.SigningKey;
import dev.slipway.fdo.message.MessageCodec;
import dev.slipway.fdo.message.MessageType;
import dev.slipway.fdo.message.OvHdrProof;
import dev.slipway.fdo.message.To2;
import dev.slipway.fdo.type.Hash;
import dev.slipway.fdo.type.HashType;
import dev.slipway.fdo.type.KeyType;
import dev.slipway.fdo.type.Nonce;
import dev.slipway.fdo.type.PublicKey;
import dev.slipway.fdo.voucher.OwnershipVoucher;
import dev.slipway.fdo.voucher.VerifiedVoucher;
import dev.slipway.fdo.voucher.VoucherExtender;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.security.KeyPair;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A virtual device that is shown a voucher with RSA keys verifies it to its end. The owner here is not ours: we do not serve such keys yet. */
class RsaVoucherTest {

    private static final Bytes SECRET = VoucherFixture.random(32);

    private HttpServer server;
    private VoucherFixture fixture;
    private OwnershipVoucher voucher;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/fdo/101/msg/60", exchange -> answer(exchange, 61, proof(Bytes.owning(exchange.getRequestBody().readAllBytes()))));
        server.createContext("/fdo/101/msg/62", exchange -> {
            Bytes entry = voucher.entries().get(0).encoded();
            answer(exchange, 63, Bytes.concat(Bytes.fromHex("8200"), entry));
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private static void answer(HttpExchange exchange, int message, Bytes body) throws IOException {
        exchange.getResponseHeaders().add("Message-Type", Integer.toString(message));
        exchange.sendResponseHeaders(200, body.length());
        exchange.getResponseBody().write(body.toArray());
        exchange.close();
    }

    private static SigningKey signing(KeyPair pair) {
        return new SigningKey(pair.getPrivate(), PublicKey.of(pair.getPublic()));
    }

    private Bytes proof(Bytes received) {
        To2.HelloDevice hello = (To2.HelloDevice) MessageCodec.decode(MessageType.TO2_HELLO_DEVICE, received);
        Hash helloHash = voucher.hashType().hash(received);
        OvHdrProof.Payload payload = new OvHdrProof.Payload(
                voucher.header(), 1, voucher.hmac(), hello.nonceTo2ProveOv(), hello.eaSigInfo(), Bytes.EMPTY, helloHash, 65_535);
        return OvHdrProof.sign(signing(fixture.owner), voucher.ownerKey(), Nonce.random(VoucherFixture::random), payload).signed().encoded();
    }

    private void make(int bits, boolean sha384, Optional<KeyPair> signer) {
        VoucherFixture made = VoucherFixture.anRsaVoucher(bits);
        fixture = (sha384 ? made.withHmacSha384() : made.withoutEntry()).withHmacSecret(SECRET);
        VerifiedVoucher unextended = VerifiedVoucher.fromStorage(fixture.decoded());
        SigningKey manufacturer = new SigningKey(signer.orElse(fixture.manufacturer).getPrivate(), unextended.ownerKey());
        voucher = VoucherExtender.extend(unextended, manufacturer, PublicKey.of(fixture.owner.getPublic())).voucher();
        assertThat(voucher.hashType()).isEqualTo(sha384 ? HashType.SHA384 : HashType.SHA256);
    }

    private To2Run device(HttpClient http) {
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        Hash manufacturer = HashType.SHA256.hash(voucher.header().value().manufacturerKey().encoded());
        DeviceCredential credential = new DeviceCredential(
                voucher.guid(), voucher.header().value().rvInfo(), "fixture", manufacturer, SecretBytes.owning(SECRET.toArray()));
        FdoClient client = new FdoClient(http, url, FdoClient.Observer.NONE);
        return new To2Run(client, DeviceKey.generate(KeyType.SECP256R1), credential, KexSuite.ECDH256, CipherSuite.A128GCM, VoucherFixture::random);
    }

    /** By the hash that the voucher has, whatever the size of the keys. */
    @ParameterizedTest
    @CsvSource({"2048, false", "2048, true", "3072, false", "3072, true"})
    void verifiesAVoucherWithRsaKeys(int bits, boolean sha384) {
        make(bits, sha384, Optional.empty());
        try (HttpClient http = HttpClient.newHttpClient()) {
            To2Run device = device(http);
            device.hello();
            device.fetchEntry(0);
            device.verifyOwner(Optional.empty());
        }
    }

    @ParameterizedTest
    @CsvSource({"2048", "3072"})
    void refusesAnEntryThatTheOwnerBeforeDidNotSign(int bits) {
        make(bits, false, Optional.of(VoucherFixture.anRsaVoucher(bits).owner));
        try (HttpClient http = HttpClient.newHttpClient()) {
            To2Run device = device(http);
            device.hello();
            assertThatThrownBy(() -> device.fetchEntry(0)).isInstanceOf(CheckFailed.class).hasMessageContaining("entry 0 is not signed by the owner before");
        }
    }
}
