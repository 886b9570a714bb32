package dev.slipway.ignition;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What may be in a profile, and how much of it, wherever the profile comes from: a folder or an archive. */
public final class ProfileLayout {

    public static final List<String> DOCUMENTS = List.of(
            ProfileSource.CONFIG, ProfileSource.BUTANE, ProfileSource.PARAMETERS, ProfileSource.PLAN, ProfileSource.PROFILE);

    /** The folder of local files. */
    public static final String FILES = "files";

    /** The folder of samples. */
    public static final String SAMPLES = "samples";

    /** Octets of one document, and of one file below {@link #SAMPLES}. */
    public static final int DOCUMENT_OCTETS = Limits.DOCUMENT_BYTES;

    /** Files, links and folders below {@link #FILES}, and the same below {@link #SAMPLES}. */
    public static final int ENTRIES = 1000;

    /** Folders within folders. */
    public static final int DEPTH = 16;

    /** Octets of one local file; they are streamed, never held in memory. */
    public static final long LOCAL_FILE_OCTETS = 16L << 30;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    /** For people, in version control; no part of the profile. */
    private static final Pattern FOR_PEOPLE = Pattern.compile("\\..*|(README|LICENSE|CHANGELOG)(\\..*)?", Pattern.CASE_INSENSITIVE);

    private static final int SEGMENT_OCTETS = 255;

    private ProfileLayout() {}

    /** Whether a profile may be called so. */
    public static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /** Whether a node at the top of a folder is there for people, and passed over. */
    public static boolean isForPeople(String name) {
        return FOR_PEOPLE.matcher(name).matches();
    }

    /**
     * Whether it is such a node, or is below one.
     *
     * @param path of an entry; one that begins with {@code .} or {@code ..} leads elsewhere
     */
    public static boolean isBelowForPeople(String path) {
        String top = path.split("/", 2)[0];
        return isForPeople(top) && !top.equals(".") && !top.equals("..");
    }

    /** @param path of an entry */
    public static boolean isLocal(String path) {
        return path.startsWith(FILES + "/");
    }

    public static boolean isSample(String path) {
        return path.startsWith(SAMPLES + "/");
    }

    /** Why nothing with this path can be in a profile; empty if it can. */
    public static Optional<String> complaint(String path) {
        String[] segments = path.split("/", -1);
        boolean strange = path.chars().anyMatch(Character::isISOControl) || Utf8.isUnwritable(path)
                || Arrays.stream(segments).anyMatch(ProfileLayout::isStrange);
        if (strange) {
            return Optional.of("the path is absolute, holds '.', '..', '//' or a control character, or has a name of more than "
                    + SEGMENT_OCTETS + " octets");
        }
        if (segments.length > DEPTH + 1) {
            return Optional.of("there are more than " + DEPTH + " folders within each other");
        }
        boolean known = segments.length == 1
                ? DOCUMENTS.contains(path) || path.equals(FILES) || path.equals(SAMPLES)
                : segments[0].equals(FILES) || segments[0].equals(SAMPLES);
        return known ? Optional.empty() : Optional.of("this is no part of a profile; a profile has " + String.join(", ", DOCUMENTS)
                + ", and the folders " + FILES + " and " + SAMPLES);
    }

    private static boolean isStrange(String segment) {
        return segment.isEmpty() || segment.equals(".") || segment.equals("..")
                || segment.getBytes(StandardCharsets.UTF_8).length > SEGMENT_OCTETS;
    }
}
