package dev.slipway.ignition.butane;

import dev.slipway.failure.Finding;
import dev.slipway.failure.Finding.Position;
import dev.slipway.failure.Finding.Severity;
import dev.slipway.ignition.spec.ConfigPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects what is wrong with a Butane config: {@code config.bu#/storage/files/0/mode}, with line and column. */
final class SourceReport {

    /** The first ones are the useful ones. */
    private static final int FINDINGS = 200;

    private final String name;
    private final Positions positions;
    private final List<Finding> findings = new ArrayList<>();
    private boolean failed;

    /** @param name of the document */
    SourceReport(String name, Positions positions) {
        this.name = name;
        this.positions = positions;
    }

    void error(String id, ConfigPath at, String message) {
        add(finding(id, at, Severity.ERROR, message));
    }

    void warning(String id, ConfigPath at, String message) {
        add(finding(id, at, Severity.WARNING, message));
    }

    /** For what is not a value of the config. */
    void error(String id, Position at, String message) {
        add(new Finding(id, name, Severity.ERROR, message, Optional.of(at)));
    }

    Finding finding(String id, ConfigPath at, Severity severity, String message) {
        String pointer = positions.source(at.toPointer());
        return new Finding(id, pointer.isEmpty() ? name : name + "#" + pointer, severity, message, Optional.of(positions.at(pointer)));
    }

    void add(Finding finding) {
        failed |= finding.isError();
        if (findings.size() < FINDINGS) {
            findings.add(finding);
        }
    }

    boolean failed() {
        return failed;
    }

    List<Finding> findings() {
        return List.copyOf(findings);
    }
}
