package dev.slipway.ignition.spec;

import dev.slipway.failure.Finding.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects remarks, so that one run names everything that is wrong. */
final class Remarks {

    /** The first ones are the useful ones; a list of equal mistakes must not fill the memory. */
    private static final int LIMIT = 200;

    private final List<Remark> remarks = new ArrayList<>();

    /** Ignition refuses this, and so do we. */
    void error(ConfigPath path, String id, String message) {
        add(path, id, Severity.ERROR, Optional.of(Severity.ERROR), message);
    }

    /** Ignition warns of this. */
    void warning(ConfigPath path, String id, String message) {
        add(path, id, Severity.WARNING, Optional.of(Severity.WARNING), message);
    }

    /** Ignition puts up with this, with a warning at most; we refuse it, because the device would not do what is written. */
    void stricter(ConfigPath path, String id, Optional<Severity> inIgnition, String message) {
        add(path, id, Severity.ERROR, inIgnition, message);
    }

    /** Ignition does not look at this. */
    void advice(ConfigPath path, String id, String message) {
        add(path, id, Severity.WARNING, Optional.empty(), message);
    }

    /** Ignition does not look at this, and it is right more often than not. */
    void note(ConfigPath path, String id, String message) {
        add(path, id, Severity.INFO, Optional.empty(), message);
    }

    private void add(ConfigPath path, String id, Severity severity, Optional<Severity> inIgnition, String message) {
        if (remarks.size() < LIMIT) {
            remarks.add(new Remark(id, path, severity, inIgnition, message, Optional.empty()));
        }
    }

    boolean has(String id) {
        return remarks.stream().anyMatch(remark -> remark.id().equals(id));
    }

    List<Remark> list() {
        return List.copyOf(remarks);
    }
}
