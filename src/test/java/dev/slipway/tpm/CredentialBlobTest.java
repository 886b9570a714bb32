package dev.slipway.tpm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure.Malformed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CredentialBlobTest {

    @Test
    void readsWhatItWrites() {
        Bytes file = Bytes.fromHex("badcc0de00000001" + "0006" + "0002aabb" + "ccdd" + "0003" + "010203");
        CredentialBlob blob = CredentialBlob.decode(file);
        assertThat(blob).isEqualTo(new CredentialBlob(Bytes.fromHex("aabb"), Bytes.fromHex("ccdd"), Bytes.fromHex("010203")));
        assertThat(blob.encode()).isEqualTo(file);
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource({
        "'', nothing", "badcc0df00000001 00020000 0000, another magic", "badcc0de00000002 00020000 0000, another version",
        "badcc0de00000001 0000 0000, no MAC", "badcc0de00000001 00020001 0000, a MAC beyond the ID object",
        "badcc0de00000001 00020000 0001, a secret that is missing", "badcc0de00000001 00020000 0000 00, octets after it",
        "badcc0de00000001 0085, an ID object of 133 octets", "badcc0de00000001 00020000 0201, a secret of 513 octets",
        "00020000 0000, without its header"
    })
    void refusesOtherShapes(String hex, String what) {
        assertThatThrownBy(() -> CredentialBlob.decode(Bytes.fromHex(hex.replace(" ", "")))).as(what).isInstanceOf(Malformed.class);
    }
}
