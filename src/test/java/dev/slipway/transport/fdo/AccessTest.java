package dev.slipway.transport.fdo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.fdo.message.MessageType;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessTest {

    @ParameterizedTest
    @CsvSource({"ALL, 24", "ALL_BUT_INITIALIZE, 20", "INITIALIZE_ONLY, 4", "NONE, 0"})
    void opensWhatItSaysAndNothingElse(Access access, int messages) {
        List<MessageType> allowed = Arrays.stream(MessageType.values()).filter(access::allows).toList();
        assertThat(allowed).hasSize(messages);
        assertThat(allowed.contains(MessageType.DI_APP_START)).isEqualTo(access == Access.ALL || access == Access.INITIALIZE_ONLY);
    }
}
