package dev.slipway.attestation;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.slipway.attestation.Evidence.Sample;
import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure.Malformed;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every reader, for a fuzzer that looks for new paths through it: a value or a {@link Malformed}, and nothing else. As part of the tests it
 * reads the vectors only, which are also what fuzzing starts from. To fuzz one reader for a minute:
 *
 * <pre>JAZZER_FUZZ=1 ./mvnw test -Djazzer.hooks=true -Dtest='EvidenceFuzzTest#readsEventLogs'</pre>
 */
class EvidenceFuzzTest {

    private static void readOrRefuse(Evidence kind, byte[] input) {
        try {
            kind.reader.accept(Bytes.of(input));
        } catch (Malformed refused) {
            assertThat(refused.getMessage()).isNotBlank();
        }
    }

    private static Stream<Arguments> samples(Evidence kind) {
        return kind.all().map(Sample::bytes).map(bytes -> Arguments.of((Object) bytes.toArray()));
    }

    static Stream<Arguments> publicAreas() {
        return samples(Evidence.PUBLIC_AREA);
    }

    @MethodSource("publicAreas")
    @FuzzTest(maxDuration = "1m")
    void readsPublicAreas(byte[] input) {
        readOrRefuse(Evidence.PUBLIC_AREA, input);
    }

    static Stream<Arguments> attestations() {
        return Stream.of(Evidence.QUOTE, Evidence.CERTIFICATION, Evidence.CREATION).flatMap(EvidenceFuzzTest::samples);
    }

    @MethodSource("attestations")
    @FuzzTest(maxDuration = "1m")
    void readsAttestations(byte[] input) {
        for (Evidence kind : Arrays.asList(Evidence.QUOTE, Evidence.CERTIFICATION, Evidence.CREATION)) {
            readOrRefuse(kind, input);
        }
    }

    static Stream<Arguments> signatures() {
        return samples(Evidence.SIGNATURE);
    }

    @MethodSource("signatures")
    @FuzzTest(maxDuration = "1m")
    void readsSignatures(byte[] input) {
        readOrRefuse(Evidence.SIGNATURE, input);
    }

    static Stream<Arguments> creationData() {
        return samples(Evidence.CREATION_DATA);
    }

    @MethodSource("creationData")
    @FuzzTest(maxDuration = "1m")
    void readsCreationData(byte[] input) {
        readOrRefuse(Evidence.CREATION_DATA, input);
    }

    static Stream<Arguments> credentials() {
        return samples(Evidence.CREDENTIAL);
    }

    @MethodSource("credentials")
    @FuzzTest(maxDuration = "1m")
    void readsCredentials(byte[] input) {
        readOrRefuse(Evidence.CREDENTIAL, input);
    }

    static Stream<Arguments> csrs() {
        return samples(Evidence.CSR);
    }

    @MethodSource("csrs")
    @FuzzTest(maxDuration = "1m")
    void readsCsrs(byte[] input) {
        readOrRefuse(Evidence.CSR, input);
    }

    static Stream<Arguments> ekCertificates() {
        return samples(Evidence.EK_CERTIFICATE);
    }

    @MethodSource("ekCertificates")
    @FuzzTest(maxDuration = "1m")
    void readsEkCertificates(byte[] input) {
        readOrRefuse(Evidence.EK_CERTIFICATE, input);
    }

    static Stream<Arguments> eventLogs() {
        return samples(Evidence.EVENT_LOG);
    }

    @MethodSource("eventLogs")
    @FuzzTest(maxDuration = "1m")
    void readsEventLogs(byte[] input) {
        readOrRefuse(Evidence.EVENT_LOG, input);
    }

    static Stream<Arguments> userspaceLogs() {
        return samples(Evidence.USERSPACE_LOG);
    }

    @MethodSource("userspaceLogs")
    @FuzzTest(maxDuration = "1m")
    void readsUserspaceLogs(byte[] input) {
        readOrRefuse(Evidence.USERSPACE_LOG, input);
    }
}
