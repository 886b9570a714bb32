package dev.slipway.ignition.spec;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Units of systemd and their drop-ins. */
final class UnitRules {

    private static final Set<String> EXTENSIONS = Set.of("service", "socket", "device", "mount", "automount", "swap", "target", "path", "timer",
            "snapshot", "slice", "scope");
    private static final String SERVICE = ".service";
    private static final String WITHOUT_INSTALL = "ignition.unit-without-install";

    private UnitRules() {}

    static void unit(Subject unit) {
        if (unit.known("name").filter(name -> !EXTENSIONS.contains(extension(name))).isPresent()) {
            unit.error("name", "ignition.unit-name", "the name of a unit ends in its type: .service, .socket, .mount, .timer, .target, .path, …");
        }
        unit.text("contents").map(UnitFile::read).ifPresent(contents -> {
            contents(unit, contents);
            boolean isFilled = unit.filled("contents").isPresent();
            if (unit.isTrue("enabled") && isFilled && contents.complaint().isEmpty() && !contents.hasInstall()) {
                unit.warning("contents", WITHOUT_INSTALL,
                        "the unit is enabled, but has no section [Install] with a directive, so that enabling does nothing");
            }
        });
    }

    static void dropin(Subject dropin) {
        dropin.text("contents").ifPresent(text -> contents(dropin, UnitFile.read(text)));
        if (dropin.known("name").filter(name -> !extension(name).equals("conf")).isPresent()) {
            dropin.error("name", "ignition.dropin-name", "the name of a drop-in ends in .conf");
        }
    }

    private static void contents(Subject unit, UnitFile.Reading contents) {
        contents.complaint().ifPresent(complaint ->
                unit.error("contents", "ignition.unit-contents", "systemd would not read this as a unit: " + complaint));
    }

    private static String extension(String name) {
        int dot = name.lastIndexOf('.');
        return dot < 0 || name.indexOf('/', dot) >= 0 ? "" : name.substring(dot + 1);
    }

    /** An instance, {@code x@y.service}, is enabled by the [Install] of its template, {@code x@.service}. */
    static void instances(Subject systemd) {
        Map<String, Subject> units = new HashMap<>();
        systemd.objects("units").forEach(unit -> unit.text("name").ifPresent(name -> units.put(name, unit)));
        for (Subject unit : systemd.objects("units")) {
            Optional<Subject> template = unit.text("name").flatMap(UnitRules::template).map(units::get);
            if (unit.isTrue("enabled") && template.filter(UnitRules::lacksInstall).isPresent()) {
                unit.warning("contents", WITHOUT_INSTALL,
                        "this instance is enabled, but its template in this config has no section [Install], so that enabling does nothing");
            }
        }
    }

    private static Optional<String> template(String instance) {
        int at = instance.indexOf('@', 1);
        return at > 0 && instance.endsWith(SERVICE) && at + 1 < instance.length() - SERVICE.length()
                ? Optional.of(instance.substring(0, at + 1) + SERVICE) : Optional.empty();
    }

    private static boolean lacksInstall(Subject template) {
        return template.filled("contents").map(UnitFile::read)
                .filter(contents -> contents.complaint().isEmpty() && !contents.hasInstall()).isPresent();
    }
}
