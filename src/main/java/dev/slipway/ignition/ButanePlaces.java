package dev.slipway.ignition;

import dev.slipway.ignition.butane.Names;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The places of a Butane config: those that it has by itself, and under other names those of Ignition. */
final class ButanePlaces {

    private static final Map<String, Place> OWN = Map.ofEntries(
            Map.entry("/storage/filesystems/*/device", Place.GENERATED),
            Map.entry("/storage/filesystems/*/path", Place.GENERATED),
            Map.entry("/storage/filesystems/*/format", Place.GENERATED),
            Map.entry("/storage/filesystems/*/mount_options/*", Place.GENERATED),
            Map.entry("/storage/trees/*/path", Place.PATH),
            Map.entry("/boot_device/luks/device", Place.PATH),
            Map.entry("/boot_device/luks/tang/*/url", Place.URL),
            Map.entry("/boot_device/luks/tang/*/advertisement", Place.WORD),
            Map.entry("/boot_device/mirror/devices/*", Place.PATH),
            Map.entry("/grub/users/*/name", Place.GENERATED),
            Map.entry("/grub/users/*/password_hash", Place.GENERATED),
            Map.entry("/passwd/users/*/ssh_authorized_keys_local/*", Place.LOCAL_FILE));

    private static final Set<String> LOCAL_FILES = Set.of("local", "contents_local", "ssh_authorized_keys_local");

    private ButanePlaces() {}

    /** @param path in Butane's spelling, with {@code *} for any index */
    static Place of(String path) {
        if (LOCAL_FILES.contains(path.substring(path.lastIndexOf('/') + 1))) {
            return Place.LOCAL_FILE;
        }
        Place own = OWN.get(path);
        return own == null ? Place.of(inIgnition(path)) : own;
    }

    static boolean isPrivate(String path) {
        return Place.isPrivate(inIgnition(path));
    }

    private static String inIgnition(String path) {
        return Arrays.stream(path.split("/")).map(Names::toIgnition).collect(Collectors.joining("/"));
    }
}
