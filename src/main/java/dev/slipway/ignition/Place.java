package dev.slipway.ignition;

import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Kinds of places in an Ignition config that treat text in their own way; one table of paths, in which {@code *} is any index.
 *
 * @see "Ignition, Configuration Specification"
 */
enum Place {
    FILE_TEXT,
    /** The same in a file that systemd, or Podman for it, reads as a unit. */
    UNIT_FILE,
    LINE,
    WORD,
    PATH,
    UNIT_NAME,
    UNIT,
    URL,
    /** Part of a text that Butane writes, and escapes nothing in: a mount unit, settings of the boot loader. */
    GENERATED,
    /** The name of a file that is embedded. */
    LOCAL_FILE,
    /** A config for Ignition as text, in which a value could be anything. */
    CHILD_CONFIG;

    /** Where the config refers to octets; there, {@code inline} may take the place of {@code source}. */
    private static final Set<String> RESOURCES = Set.of(
            "/ignition/config/merge/*",
            "/ignition/config/replace",
            "/ignition/security/tls/certificateAuthorities/*",
            "/storage/files/*/contents",
            "/storage/files/*/append/*",
            "/storage/luks/*/keyFile");

    private static final Map<String, Place> SPECIAL = Map.ofEntries(
            Map.entry("/storage/disks/*/device", PATH),
            Map.entry("/storage/raid/*/name", PATH),
            Map.entry("/storage/raid/*/devices/*", PATH),
            Map.entry("/storage/luks/*/name", PATH),
            Map.entry("/storage/luks/*/device", PATH),
            Map.entry("/storage/luks/*/openOptions/*", WORD),
            Map.entry("/storage/luks/*/clevis/tang/*/url", URL),
            Map.entry("/storage/luks/*/clevis/tang/*/advertisement", WORD),
            Map.entry("/storage/luks/*/clevis/custom/config", WORD),
            Map.entry("/storage/filesystems/*/device", PATH),
            Map.entry("/storage/filesystems/*/path", PATH),
            Map.entry("/storage/filesystems/*/mountOptions/*", WORD),
            Map.entry("/storage/files/*/path", PATH),
            Map.entry("/storage/directories/*/path", PATH),
            Map.entry("/storage/links/*/path", PATH),
            Map.entry("/storage/links/*/target", PATH),
            Map.entry("/passwd/users/*/name", PATH),
            Map.entry("/passwd/users/*/homeDir", PATH),
            Map.entry("/passwd/users/*/shell", PATH),
            Map.entry("/passwd/groups/*/name", PATH),
            Map.entry("/systemd/units/*/name", UNIT_NAME),
            Map.entry("/systemd/units/*/contents", UNIT),
            Map.entry("/systemd/units/*/dropins/*/name", UNIT_NAME),
            Map.entry("/systemd/units/*/dropins/*/contents", UNIT),
            Map.entry("/ignition/proxy/httpProxy", URL),
            Map.entry("/ignition/proxy/httpsProxy", URL),
            Map.entry("/ignition/proxy/noProxy/*", WORD),
            Map.entry("/kernelArguments/shouldExist/*", WORD),
            Map.entry("/kernelArguments/shouldNotExist/*", WORD));

    private static final Pattern UNIT_FILES = Pattern.compile("/(etc|run|usr/lib|usr/local/lib)/systemd/.*|/(etc|usr/share)/containers/systemd/.*");

    /** Contents of the file with this path, as the template writes it. */
    static Place ofContents(String filePath) {
        return UNIT_FILES.matcher(filePath).matches() ? UNIT_FILE : FILE_TEXT;
    }

    /** Whether {@code inline} may stand there. */
    static boolean isInline(String path) {
        return path.endsWith("/inline") && isInResource(path);
    }

    private static boolean isInResource(String path) {
        int slash = path.lastIndexOf('/');
        return slash >= 0 && RESOURCES.contains(path.substring(0, slash));
    }

    static Place of(String path) {
        if (isInline(path)) {
            return path.startsWith("/ignition/config/") ? CHILD_CONFIG : FILE_TEXT;
        }
        return path.endsWith("/source") && isInResource(path) ? URL : SPECIAL.getOrDefault(path, LINE);
    }

    /** Places, beside the contents of private files, that only root can read on the device. */
    static boolean isPrivate(String path) {
        return path.matches("/passwd/(users|groups)/\\*/passwordHash|/storage/luks/\\*/keyFile/inline|.*/httpHeaders/\\*/value");
    }
}
