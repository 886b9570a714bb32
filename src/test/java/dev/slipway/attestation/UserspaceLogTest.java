package dev.slipway.attestation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure.Malformed;
import dev.slipway.tpm.TpmHash;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserspaceLogTest {

    private static final String SHA256 = "\"digests\": [{\"hashAlg\": \"sha256\", \"digest\": \"" + "0a".repeat(32) + "\"}]";

    /** Each record begins with octet 1E. */
    private static List<Measurement> read(String... records) {
        return UserspaceLog.decode(utf8("\u001e" + String.join("\n\u001e", records)));
    }

    private static Bytes utf8(String text) {
        return Bytes.owning(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void readsWhatSystemdWrites() {
        List<Measurement> log = UserspaceLog.decode(TpmVectors.bytes("eventlog/userspace.json-seq"));
        assertThat(log).singleElement().satisfies(record -> {
            assertThat(record.pcr()).isEqualTo(11);
            assertThat(record.description()).isEqualTo("user-space event 0 phase enter-initrd");
            assertThat(record.digests()).containsOnlyKeys(TpmHash.TPM_ALG_SHA1, TpmHash.TPM_ALG_SHA256, TpmHash.TPM_ALG_SHA384);
            assertThat(record.digest(TpmHash.TPM_ALG_SHA256).orElseThrow())
                    .hasToString("51e6b92f405d1f98d96e3de343d61d420ad6923b25de21d766f9298192f14fed");
        });
    }

    @Test
    void readsRecordsInOrder() {
        List<Measurement> log = read("{\"pcr\": 12, " + SHA256 + "}", "{\"nvIndex\": 1, " + SHA256 + "}", "{\"pcr\": 15, " + SHA256 + ", \"more\": [1]}");
        assertThat(log).extracting(Measurement::pcr).containsExactly(12, 15);
        assertThat(log.get(1).description()).isEqualTo("user-space event 2");
        assertThat(UserspaceLog.decode(Bytes.EMPTY)).isEmpty();
    }

    @Test
    void passesOverHashesThatItDoesNotKnow() {
        String sm3 = SHA256.replace("[", "[{\"hashAlg\": \"sm3_256\", \"digest\": \"00\"}, ");
        assertThat(read("{\"pcr\": 12, " + sm3 + "}").get(0).digests()).containsOnlyKeys(TpmHash.TPM_ALG_SHA256);
    }

    /** Words of the measured machine come into findings, so they are short and on one line. */
    @Test
    void makesWordsHarmless() {
        String content = "\"content\": {\"eventType\": \"a\\nb\", \"string\": \"\\u001b[31m" + "x".repeat(100) + "\"}";
        String description = read("{\"pcr\": 11, " + SHA256 + ", " + content + "}").get(0).description();
        assertThat(description).isEqualTo("user-space event 0 a_b _[31m" + "x".repeat(59));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{\"pcr\": 24, D}", "{\"pcr\": -1, D}", "{\"pcr\": 4294967307, D}", "{\"pcr\": 11.5, D}", "{\"pcr\": \"11\", D}", "{\"pcr\": null, D}",
        "{\"pcr\": 11}",
        "{\"pcr\": 11, \"digests\": {}}", "{\"pcr\": 11, \"digests\": [{\"hashAlg\": \"sha256\", \"digest\": \"00\"}]}",
        "{\"pcr\": 11, \"digests\": [{\"hashAlg\": \"sha256\"}]}", "{\"pcr\": 11, \"pcr\": 12, D}", "{\"pcr\": 11, D} {}", "[]", "11", "null", "",
        "{\"pcr\": 11, D", "{'pcr': 11, D}", "{\"pcr\": 11, D, \"deep\": [[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]}"
    })
    void refusesOtherRecords(String record) {
        assertThatThrownBy(() -> read(record.replace("D", SHA256))).as(record).isInstanceOf(Malformed.class);
    }

    @Test
    void refusesOtherSequences() {
        String record = "{\"pcr\": 12, " + SHA256 + "}";
        assertThatThrownBy(() -> UserspaceLog.decode(utf8(record))).hasMessageContaining("does not begin with octet 1E");
        assertThatThrownBy(() -> UserspaceLog.decode(Bytes.fromHex("1eff"))).hasMessageContaining("not UTF-8");
        String twice = SHA256.replace("}]", "}, {\"hashAlg\": \"sha256\", \"digest\": \"" + "0b".repeat(32) + "\"}]");
        assertThatThrownBy(() -> read("{\"pcr\": 12, " + twice + "}")).hasMessageContaining("two digests of sha256");
        String nine = "\"digests\": [" + "{},".repeat(8) + "{}]";
        assertThatThrownBy(() -> read("{\"pcr\": 12, " + nine + "}")).isInstanceOf(Malformed.class);
    }

    @Test
    void keepsToItsLimits() {
        String record = "{\"pcr\":12,\"digests\":[]}";
        assertThat(UserspaceLog.decode(utf8(("\u001e" + record).repeat(4096)))).hasSize(4096);
        assertThatThrownBy(() -> UserspaceLog.decode(utf8(("\u001e" + record).repeat(4097)))).hasMessageContaining("more than 4096 records");
        assertThatThrownBy(() -> UserspaceLog.decode(Bytes.owning(new byte[1024 * 1024 + 1]))).hasMessageContaining("1048577 octets");
    }
}
