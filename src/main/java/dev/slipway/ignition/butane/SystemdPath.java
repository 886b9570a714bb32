package dev.slipway.ignition.butane;

import java.nio.charset.StandardCharsets;

/**
 * Paths as names of units.
 *
 * @see "systemd.unit(5), String Escaping for Inclusion in Unit Names"
 */
final class SystemdPath {

    private SystemdPath() {}

    /** {@code /var/lib/my-app} becomes {@code var-lib-my\x2dapp}; the root becomes {@code -}. */
    static String escape(String path) {
        StringBuilder name = new StringBuilder();
        boolean separator = false;
        for (byte octet : path.getBytes(StandardCharsets.UTF_8)) {
            if (octet == '/') {
                separator = true;
                continue;
            }
            if (separator && !name.isEmpty()) {
                name.append('-');
            }
            separator = false;
            if (isPlain(octet) && !(octet == '.' && name.isEmpty())) {
                name.append((char) octet);
            } else {
                name.append(String.format("\\x%02x", octet & 0xff));
            }
        }
        return name.isEmpty() ? "-" : name.toString();
    }

    private static boolean isPlain(byte octet) {
        return octet >= 'a' && octet <= 'z' || octet >= 'A' && octet <= 'Z' || octet >= '0' && octet <= '9'
                || octet == ':' || octet == '_' || octet == '.';
    }
}
