package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.slipway.bytes.Bytes;
import dev.slipway.ignition.spec.ConfigReport;
import dev.slipway.ignition.spec.ConfigValidator;
import dev.slipway.ignition.spec.Remark;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.StringJoiner;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Real Ignition and we read units, URLs and paths alike. */
class ConfigTextsIT {

    private static final int DOCUMENTS = 150;
    private static final int TEXTS = 60;

    @ParameterizedTest
    @EnumSource(Place.class)
    void readsTextsAsIgnitionDoes(Place place) throws Exception {
        Random random = new Random(Verdict.seed());
        int errors = 0;
        for (int document = 0; document < DOCUMENTS; document++) {
            StringJoiner entries = new StringJoiner(",", "{\"ignition\":{\"version\":\"3.4.0\"}," + place.before, "]}}");
            for (int i = 0; i < TEXTS; i++) {
                entries.add(place.entry.formatted(i, place.text(random)));
            }
            String config = entries.toString();
            ConfigReport report = ConfigValidator.validate(Bytes.owning(config.getBytes(StandardCharsets.UTF_8)));
            assertThat(Verdict.of(report)).as(config).isEqualTo(Verdict.ofIgnition(config));
            errors += (int) report.remarks().stream().filter(Remark::isError).count();
        }
        assertThat(errors).isBetween(DOCUMENTS * TEXTS / 20, DOCUMENTS * TEXTS * 19 / 20);
    }

    /** Where a text stands, and of what it is put together at random. */
    private enum Place {
        UNIT("\"systemd\":{\"units\":[", "{\"name\":\"%d.service\",\"enabled\":true,\"contents\":%s}", 12,
                List.of("", "# a\n", "[Unit]\n"),
                List.of("[", "]", "[Unit]\n", "[Install]\n", "A=b\n", "A=", "b", "\n", "\r\n", "\\", "\\\n", "\\ \n", "# c\n", "; d", "#",
                        " ", "\t", "\u00a0", "\u0085", "\u2003", "ä", "=", "x".repeat(100), "x".repeat(1000), "x".repeat(2047), "y = z\n".repeat(300))),
        URL("\"storage\":{\"files\":[", "{\"path\":\"/%d\",\"contents\":{\"source\":%s}}", 6,
                List.of("", "http:", "https://", "https://h/", "s3://b/", "arn:aws:s3:::", "tftp://"),
                List.of("http", "https", "s3", "gs", "arn", "tftp", "://", ":", "//", "/", "h", "a:b", "@", ":80", "?", "#", "%20",
                        "%4", "%c3", "[::1]", "[", "]", "[fe80::1%25en0]", "versionId=", "&", ";", "a=b", " ", "ä", "\"", "<", "{", "1", "+", "*", "~",
                        "arn:aws:s3:::", "accesspoint/", "\n")),
        DATA("\"storage\":{\"files\":[", "{\"path\":\"/%d\",\"contents\":{\"source\":%s}}", 6,
                List.of("data:", "data:,", "data:text/plain", "data:;base64,"),
                List.of(",", ",", "text", "x-", "/", "plain", ";", "a=b", "a=\"b c\"", "base64", ";base64,", "aGk=",
                        "aGk", "YQ==", "=", "%20", "%4", " ", "ä", "#", "[", "!", "audio/x", "image", "font")),
        PATH("\"storage\":{\"filesystems\":[", "{\"device\":\"/%d\",\"format\":\"xfs\",\"path\":%s}", 5,
                List.of("", "/"),
                List.of("/", "/", "/", "a", ".", "..", "...", " ", "ä"));

        private final String before;
        private final String entry;
        private final int words;
        private final List<String> starts;
        private final List<String> vocabulary;

        Place(String before, String entry, int words, List<String> starts, List<String> vocabulary) {
            this.before = before;
            this.entry = entry;
            this.words = words;
            this.starts = starts;
            this.vocabulary = vocabulary;
        }

        private String text(Random random) {
            StringBuilder text = new StringBuilder(starts.get(random.nextInt(starts.size())));
            for (int i = random.nextInt(words); i >= 0; i--) {
                text.append(vocabulary.get(random.nextInt(vocabulary.size())));
            }
            return TextNode.valueOf(text.toString()).toString();
        }
    }
}
