package dev.slipway.ignition;

import dev.slipway.failure.Failure;
import dev.slipway.failure.Finding;
import dev.slipway.ignition.spec.ConfigReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects findings, so that one run names everything that is wrong. */
public final class Report {

    private final List<Finding> findings = new ArrayList<>();
    private boolean failed;

    public void error(String id, String path, String message) {
        add(Finding.error(id, path, message));
    }

    public void warning(String id, String path, String message) {
        add(new Finding(id, path, Finding.Severity.WARNING, message, Optional.empty()));
    }

    /** What was found in the config {@code name}; the paths are JSON pointers into it. */
    static List<Finding> located(String name, ConfigReport config) {
        return config.findings(path -> path.isRoot() ? name : name + "#" + path.toPointer());
    }

    void addAll(List<Finding> more) {
        more.forEach(this::add);
    }

    private void add(Finding finding) {
        failed |= finding.isError();
        if (findings.size() < Limits.FINDINGS) {
            findings.add(finding);
        }
    }

    public boolean failed() {
        return failed;
    }

    public List<Finding> findings() {
        return List.copyOf(findings);
    }

    /** @throws Failure.ConfigInvalid with everything found, if anything of it is an error */
    public void throwIfFailed() {
        if (failed()) {
            throw new Failure.ConfigInvalid(findings);
        }
    }
}
