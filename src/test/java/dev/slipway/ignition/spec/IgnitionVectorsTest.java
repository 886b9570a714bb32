package dev.slipway.ignition.spec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.Vectors;
import dev.slipway.failure.Finding.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What real Ignition says about each vector, and what we say on top of it. */
class IgnitionVectorsTest {

    private static final String PROGRAM = "ignition-validate 2.26.0 + 74 commits";
    private static final JsonNode EXPECTED = expected();

    /** Accepted by Ignition with a warning; refused here, because the device would not do what is written. */
    private static final Set<String> STRICTER = Set.of(
            "valid/key-case-insensitive-warns.ign", "valid/unused-key-nested-warns.ign", "valid/unused-key-newer-field-warns.ign",
            "valid/unused-key-warns.ign");

    /** We stop at the key that is there twice, which Ignition reads on over; then it stumbles over something else. */
    private static final Set<String> SEEN_EARLIER = Set.of("invalid/duplicate-key-last-wins-bad.ign");

    /** Ignition reports these by its last line instead of a report entry, so there is no entry to compare with. */
    private static final Set<String> WITHOUT_ENTRY = Set.of(ConfigValidator.VERSION, ConfigReader.EMPTY, ConfigReader.DUPLICATE_KEY);

    /** Ignition stops at the first of these and names no path; we name it, and go on to the next. */
    private static final Set<String> WITHOUT_PATH = Set.of(Decoder.TYPE, ConfigReader.SYNTAX, "document.byte-order-mark");

    private static JsonNode expected() {
        try {
            return new ObjectMapper().readTree(Vectors.text("ignition/expected.json")).get("files");
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    static Stream<String> files() {
        List<String> files = new ArrayList<>();
        EXPECTED.fieldNames().forEachRemaining(files::add);
        return files.stream();
    }

    private static ConfigReport report(String file) {
        return ConfigValidator.validate(Vectors.bytes("ignition/" + file));
    }

    private static boolean isAccepted(String file) {
        return EXPECTED.get(file).get(PROGRAM).get("accepted").booleanValue();
    }

    private static Set<String> reported(String file) {
        Set<String> entries = new TreeSet<>();
        for (JsonNode entry : EXPECTED.get(file).get(PROGRAM).path("report")) {
            entries.add(entry.get("severity").textValue() + " " + entry.path("path").asText("") + " " + entry.get("line") + ":" + entry.get("col"));
        }
        return entries;
    }

    /** The part of our report that Ignition itself would make, as it would write it. */
    private static Set<String> ofIgnition(ConfigReport report) {
        Optional<Remark> stop = report.remarks().stream().filter(remark -> WITHOUT_PATH.contains(remark.id())).findFirst();
        if (stop.isPresent()) {
            return Set.of("error  " + at(stop.get()));
        }
        Set<String> entries = new TreeSet<>();
        for (Remark remark : report.remarks()) {
            if (remark.inIgnition().isPresent() && !WITHOUT_ENTRY.contains(remark.id())) {
                entries.add(remark.inIgnition().get().name().toLowerCase(Locale.ROOT) + " " + remark.path() + " " + at(remark));
            }
        }
        return entries;
    }

    private static String at(Remark remark) {
        return remark.position().map(position -> position.line() + ":" + position.column()).orElse("nowhere");
    }

    @ParameterizedTest
    @MethodSource("files")
    void givesIgnitionsVerdict(String file) {
        assertThat(report(file).isValid()).isEqualTo(isAccepted(file) && !STRICTER.contains(file));
    }

    @ParameterizedTest
    @MethodSource("files")
    void knowsIgnitionsVerdict(String file) {
        boolean accepted = report(file).remarks().stream().noneMatch(remark -> remark.inIgnition().equals(Optional.of(Severity.ERROR)));
        assertThat(accepted).isEqualTo(isAccepted(file) || SEEN_EARLIER.contains(file));
    }

    @ParameterizedTest
    @MethodSource("files")
    void findsWhatIgnitionFindsAtTheSamePlaces(String file) {
        assertThat(ofIgnition(report(file))).isEqualTo(reported(file));
    }

    @Test
    void hasVectorsToCompareWith() {
        assertThat(files().filter(IgnitionVectorsTest::isAccepted)).hasSizeGreaterThan(60);
        assertThat(files().filter(file -> !isAccepted(file))).hasSizeGreaterThan(80);
    }
}
