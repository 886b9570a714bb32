package dev.slipway.ignition.spec;

import dev.slipway.failure.Finding.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects remarks, so that one run names everything that is wrong. */
final class Remarks {

    /** Of errors, and of everything else: the first ones are the useful ones. Warnings must not push an error out. */
    private static final int LIMIT = 200;

    private final List<Remark> remarks = new ArrayList<>();
    private int errors;

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
        boolean isError = severity == Severity.ERROR;
        if ((isError ? errors : remarks.size() - errors) < LIMIT) {
            errors += isError ? 1 : 0;
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
