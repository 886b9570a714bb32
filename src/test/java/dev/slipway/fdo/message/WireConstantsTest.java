package dev.slipway.fdo.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cose.CoseAlgorithm;
import dev.slipway.fdo.kex.CipherSuite;
import dev.slipway.fdo.kex.KexSuite;
import dev.slipway.fdo.type.HashType;
import dev.slipway.fdo.type.HmacType;
import dev.slipway.fdo.type.KeyEncoding;
import dev.slipway.fdo.type.KeyType;
import dev.slipway.fdo.type.RvTo2Addr.TransportProtocol;
import dev.slipway.fdo.type.RvVariable;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every number on the wire, against the standard's, written out. */
class WireConstantsTest {

    private static <E extends Enum<E>> Map<String, Integer> numbers(E[] values, Function<E, Integer> number) {
        return Arrays.stream(values).collect(Collectors.toMap(Enum::name, number));
    }

    @Test
    void numbersMessages() {
        assertThat(numbers(MessageType.values(), MessageType::number))
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("DI_APP_START", 10), Map.entry("DI_SET_CREDENTIALS", 11), Map.entry("DI_SET_HMAC", 12), Map.entry("DI_DONE", 13),
                        Map.entry("TO0_HELLO", 20), Map.entry("TO0_HELLO_ACK", 21), Map.entry("TO0_OWNER_SIGN", 22), Map.entry("TO0_ACCEPT_OWNER", 23),
                        Map.entry("TO1_HELLO_RV", 30), Map.entry("TO1_HELLO_RV_ACK", 31), Map.entry("TO1_PROVE_TO_RV", 32), Map.entry("TO1_RV_REDIRECT", 33),
                        Map.entry("TO2_HELLO_DEVICE", 60), Map.entry("TO2_PROVE_OV_HDR", 61), Map.entry("TO2_GET_OV_NEXT_ENTRY", 62),
                        Map.entry("TO2_OV_NEXT_ENTRY", 63), Map.entry("TO2_PROVE_DEVICE", 64), Map.entry("TO2_SETUP_DEVICE", 65),
                        Map.entry("TO2_DEVICE_SERVICE_INFO_READY", 66), Map.entry("TO2_OWNER_SERVICE_INFO_READY", 67),
                        Map.entry("TO2_DEVICE_SERVICE_INFO", 68), Map.entry("TO2_OWNER_SERVICE_INFO", 69), Map.entry("TO2_DONE", 70), Map.entry("TO2_DONE2", 71)));
    }

    @Test
    void numbersAlgorithmsAndKeys() {
        assertThat(numbers(HashType.values(), HashType::id)).isEqualTo(Map.of("SHA256", -16, "SHA384", -43));
        assertThat(numbers(HmacType.values(), HmacType::id)).isEqualTo(Map.of("HMAC_SHA256", 5, "HMAC_SHA384", 6));
        assertThat(numbers(KeyType.values(), KeyType::id)).isEqualTo(Map.of("RSA2048RESTR", 1, "RSAPKCS", 5, "SECP256R1", 10, "SECP384R1", 11));
        assertThat(numbers(KeyEncoding.values(), KeyEncoding::id)).isEqualTo(Map.of("CRYPTO", 0, "X509", 1, "X5CHAIN", 2, "COSEKEY", 3));
        assertThat(numbers(CipherSuite.values(), CipherSuite::id)).isEqualTo(Map.of("A128GCM", 1, "A256GCM", 3));
        assertThat(numbers(CoseAlgorithm.values(), CoseAlgorithm::id)).isEqualTo(Map.of("ES256", -7, "ES384", -35, "RS256", -257, "RS384", -258));
        assertThat(Arrays.stream(KexSuite.values()).map(Enum::name)).containsExactly("ECDH256", "ECDH384");
    }

    @Test
    void numbersRendezvousVariablesAndTransports() {
        assertThat(numbers(RvVariable.values(), RvVariable::id))
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("DEV_ONLY", 0), Map.entry("OWNER_ONLY", 1), Map.entry("IP_ADDRESS", 2), Map.entry("DEV_PORT", 3),
                        Map.entry("OWNER_PORT", 4), Map.entry("DNS", 5), Map.entry("SV_CERT_HASH", 6), Map.entry("CL_CERT_HASH", 7),
                        Map.entry("USER_INPUT", 8), Map.entry("WIFI_SSID", 9), Map.entry("WIFI_PW", 10), Map.entry("MEDIUM", 11),
                        Map.entry("PROTOCOL", 12), Map.entry("DELAYSEC", 13), Map.entry("BYPASS", 14), Map.entry("EXT_RV", 15)));
        assertThat(numbers(TransportProtocol.values(), TransportProtocol::id))
                .isEqualTo(Map.of("TCP", 1, "TLS", 2, "HTTP", 3, "COAP", 4, "HTTPS", 5, "COAPS", 6));
    }

    @Test
    void numbersErrors() {
        assertThat(numbers(FdoErrorCode.values(), FdoErrorCode::number))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "INVALID_JWT_TOKEN", 1, "INVALID_OWNERSHIP_VOUCHER", 2, "INVALID_OWNER_SIGN_BODY", 3, "INVALID_IP_ADDRESS", 4,
                        "INVALID_GUID", 5, "RESOURCE_NOT_FOUND", 6, "MESSAGE_BODY_ERROR", 100, "INVALID_MESSAGE_ERROR", 101,
                        "CRED_REUSE_ERROR", 102, "INTERNAL_SERVER_ERROR", 500));
    }
}
