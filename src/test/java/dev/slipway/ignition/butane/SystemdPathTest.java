package dev.slipway.ignition.butane;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SystemdPathTest {

    /** As {@code systemd-escape --path} prints them. */
    @ParameterizedTest
    @CsvSource({
        "/, -",
        "/var/data, var-data",
        "//var///data/, var-data",
        "/var/lib/my-app.d/x_y, var-lib-my\\x2dapp.d-x_y",
        "/.hidden/.x, \\x2ehidden-.x",
        "/a b:c@d, a\\x20b:c\\x40d",
        "/ä, \\xc3\\xa4",
        "/a\tb, a\\x09b"})
    void escapesAsSystemdDoes(String path, String name) {
        assertThat(SystemdPath.escape(path)).isEqualTo(name);
    }
}
