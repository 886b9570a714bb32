package dev.slipway.ignition.spec;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The stable versions of the Ignition specification, oldest first. Ignition accepts exactly these texts: {@code 3.3} is no version. */
public enum IgnitionVersion {
    V3_0_0("3.0.0"),
    V3_1_0("3.1.0"),
    V3_2_0("3.2.0"),
    V3_3_0("3.3.0"),
    V3_4_0("3.4.0"),
    V3_5_0("3.5.0"),
    V3_6_0("3.6.0");

    private final String text;

    IgnitionVersion(String text) {
        this.text = text;
    }

    /** As it stands in {@code ignition.version}. */
    public String text() {
        return text;
    }

    public static Optional<IgnitionVersion> find(String text) {
        return Arrays.stream(values()).filter(version -> version.text.equals(text)).findFirst();
    }

    public boolean isBefore(IgnitionVersion other) {
        return compareTo(other) < 0;
    }

    /** All of them, for a message. */
    public static String known() {
        return Arrays.stream(values()).map(IgnitionVersion::text).collect(Collectors.joining(", "));
    }
}
