package dev.slipway.ignition.spec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Ignition says of the versions it reads.
 *
 * <pre>Accept: application/vnd.coreos.ignition+json;version=3.4.0, *&#47;*;q=0.1</pre>
 *
 * @see "RFC 9110, Accept; Ignition, Operator notes: HTTP headers"
 */
public final class AcceptHeader {

    /** Answer to a header. */
    public sealed interface Choice {

        /** The newest version that both sides know. */
        record Version(IgnitionVersion version) implements Choice {}

        /** It asks for Ignition configs, but only for versions that are not 3.x, or that never became stable. */
        record OtherMajor() implements Choice {}

        /** It does not ask for Ignition configs: a browser, curl, a redirected request. */
        record NoEntry() implements Choice {}
    }

    private static final String TYPE = "application/vnd.coreos.ignition+json";
    private static final Pattern VERSION = Pattern.compile("([0-9]{1,6})(?:\\.([0-9]{1,6})(?:\\.([0-9]{1,6}))?)?(-.+)?");
    private static final Pattern QUALITY = Pattern.compile("0(?:\\.[0-9]{0,3})?|1(?:\\.0{0,3})?");

    /** One entry of type Ignition config. */
    private record Entry(double quality, Matcher version) {

        /** The newest stable version that a program of this version reads. */
        Optional<IgnitionVersion> newest(IgnitionVersion ours) {
            if (number(1) != 3) {
                return Optional.empty();
            }
            return Arrays.stream(IgnitionVersion.values())
                    .filter(version -> version.compareTo(ours) <= 0 && isRead(Integer.parseInt(version.text().split("\\.")[1])))
                    .max(Comparator.naturalOrder());
        }

        /** Whether {@code 3.minor.0} is at most this version; what has a suffix came before the version of that number. */
        private boolean isRead(int minor) {
            return minor < number(2) || minor == number(2) && (version.group(4) == null || number(3) > 0);
        }

        private int number(int group) {
            return version.group(group) == null ? 0 : Integer.parseInt(version.group(group));
        }
    }

    private AcceptHeader() {}

    /**
     * Chooses the version to serve.
     *
     * @param value of the header; empty where there is none
     * @param newest the newest version that can be served
     */
    public static Choice choose(String value, IgnitionVersion newest) {
        List<Entry> entries = new ArrayList<>();
        for (String range : split(value, ',')) {
            entry(split(range, ';')).ifPresent(entries::add);
        }
        if (entries.isEmpty()) {
            return new Choice.NoEntry();
        }
        return entries.stream()
                .sorted(Comparator.comparingDouble(Entry::quality).reversed())
                .flatMap(entry -> entry.newest(newest).stream())
                .findFirst()
                .<Choice>map(Choice.Version::new)
                .orElseGet(Choice.OtherMajor::new);
    }

    private static Optional<Entry> entry(List<String> parts) {
        if (!parts.getFirst().equalsIgnoreCase(TYPE)) {
            return Optional.empty();
        }
        Map<String, String> parameters = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String part : parts.subList(1, parts.size())) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                parameters.putIfAbsent(part.substring(0, equals).strip(), unquoted(part.substring(equals + 1).strip()));
            }
        }
        String quality = parameters.getOrDefault("q", "1");
        Matcher version = VERSION.matcher(parameters.getOrDefault("version", ""));
        boolean wanted = version.matches() && QUALITY.matcher(quality).matches() && Double.parseDouble(quality) > 0;
        return wanted ? Optional.of(new Entry(Double.parseDouble(quality), version)) : Optional.empty();
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    /** At least one part; separators in quotes are none. */
    private static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        boolean quoted = false;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            quoted ^= text.charAt(i) == '"';
            if (text.charAt(i) == separator && !quoted) {
                parts.add(text.substring(start, i).strip());
                start = i + 1;
            }
        }
        parts.add(text.substring(start).strip());
        return parts;
    }
}
