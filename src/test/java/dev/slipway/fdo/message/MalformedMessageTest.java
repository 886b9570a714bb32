package dev.slipway.fdo.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import dev.slipway.RecordedSession;
import dev.slipway.RecordedSession.Recorded;
import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every recorded message, cut, altered and lengthened: a codec gives a value or refuses, and does nothing else. */
class MalformedMessageTest {

    private static final int ALTERATIONS = 300;

    static List<Recorded> messages() {
        List<Recorded> messages = new ArrayList<>();
        RecordedSession.supported().forEach(session -> messages.addAll(session.messages()));
        return messages;
    }

    private static void decodeOrRefuse(MessageType type, Bytes body, String what) {
        try {
            MessageCodec.decode(type, body);
        } catch (Failure.Malformed | Failure.Invalid expected) {
            assertThat(expected.getMessage()).isNotBlank();
        } catch (RuntimeException | StackOverflowError e) {
            fail(what, e);
        }
    }

    @ParameterizedTest
    @MethodSource("messages")
    void refusesEveryTruncation(Recorded message) {
        for (int length = 0; length < message.clear().length(); length++) {
            Bytes cut = message.clear().slice(0, length);
            assertThatThrownBy(() -> MessageCodec.decode(message.type(), cut))
                    .as("%s cut to %d", message.file(), length)
                    .isInstanceOf(Failure.Malformed.class);
        }
    }

    @ParameterizedTest
    @MethodSource("messages")
    void refusesTrailingOctets(Recorded message) {
        for (String trailing : List.of("00", "f6", "80", "ff")) {
            assertThatThrownBy(() -> MessageCodec.decode(message.type(), Bytes.concat(message.clear(), Bytes.fromHex(trailing))))
                    .isInstanceOf(Failure.Malformed.class);
        }
    }

    @ParameterizedTest
    @MethodSource("messages")
    void decodesOrRefusesEveryAlteration(Recorded message) {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < ALTERATIONS; i++) {
            byte[] altered = message.clear().toArray();
            int bit = random.nextInt(altered.length * 8);
            altered[bit / 8] ^= (byte) (1 << bit % 8);
            decodeOrRefuse(message.type(), Bytes.owning(altered), message.file() + " bit " + bit + " seed " + seed);
        }
    }

    @ParameterizedTest
    @MethodSource("messages")
    void decodesOrRefusesEveryOtherType(Recorded message) {
        for (MessageType type : MessageType.values()) {
            decodeOrRefuse(type, message.clear(), message.file() + " as " + type);
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "TO2_GET_OV_NEXT_ENTRY, 8100, true", "TO2_GET_OV_NEXT_ENTRY, 8118fe, true", "TO2_GET_OV_NEXT_ENTRY, 8118ff, true",
        "TO2_GET_OV_NEXT_ENTRY, 81190100, false", "TO2_GET_OV_NEXT_ENTRY, 8120, false", "TO2_GET_OV_NEXT_ENTRY, 811bffffffffffffffff, false",
        "TO2_GET_OV_NEXT_ENTRY, 80, false", "TO2_GET_OV_NEXT_ENTRY, 820000, false", "TO2_GET_OV_NEXT_ENTRY, 811800, true",
        "TO2_OWNER_SERVICE_INFO_READY, 81f6, true", "TO2_OWNER_SERVICE_INFO_READY, 8100, true", "TO2_OWNER_SERVICE_INFO_READY, 8119ffff, true",
        "TO2_OWNER_SERVICE_INFO_READY, 811a00010000, false", "TO2_OWNER_SERVICE_INFO_READY, 8120, false",
        "TO0_ACCEPT_OWNER, 811affffffff, true", "TO0_ACCEPT_OWNER, 811b0000000100000000, false", "TO0_ACCEPT_OWNER, 8120, false",
        "TO2_DEVICE_SERVICE_INFO, 82f480, true", "TO2_DEVICE_SERVICE_INFO, 82f4f6, true", "TO2_DEVICE_SERVICE_INFO, 820080, false",
        "TO2_DEVICE_SERVICE_INFO, 82f5818263613a6241f5, true", "TO2_DEVICE_SERVICE_INFO, 82f581826161 41f5, false",
        "DI_DONE, 80, true", "DI_DONE, 8100, false", "TO0_HELLO, 80, true", "TO0_HELLO, 00, false"
    })
    void keepsToTheLimitsOfEachField(MessageType type, String hex, boolean accepted) {
        Bytes body = Bytes.fromHex(hex.replace(" ", ""));
        if (accepted) {
            assertThat(MessageCodec.decode(type, body).type()).isEqualTo(type);
        } else {
            assertThatThrownBy(() -> MessageCodec.decode(type, body)).isInstanceOf(Failure.Malformed.class);
        }
    }

    @Test
    void encodesAnErrorMessageOctetByOctet() {
        ErrorMessage error = new ErrorMessage(FdoErrorCode.INVALID_MESSAGE_ERROR, 62, 1_700_000_000L, 7);
        assertThat(error.encode().toHex()).isEqualTo("851865183e746d657373616765206e6f742061636365707465641a6553f10007");
    }
}
