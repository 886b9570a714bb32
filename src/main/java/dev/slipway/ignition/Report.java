package dev.slipway.ignition;

import dev.slipway.failure.Failure;
import dev.slipway.failure.Finding;
import java.util.ArrayList;
import java.util.List;

/** Collects findings, so that one run names everything that is wrong. */
final class Report {

    private final List<Finding> findings = new ArrayList<>();

    void error(String id, String path, String message) {
        if (findings.size() < Limits.FINDINGS) {
            findings.add(Finding.error(id, path, message));
        }
    }

    void addAll(List<Finding> more) {
        more.forEach(finding -> error(finding.id(), finding.path(), finding.message()));
    }

    boolean failed() {
        return !findings.isEmpty();
    }

    List<Finding> findings() {
        return List.copyOf(findings);
    }

    /** @throws Failure.ConfigInvalid with everything found, if anything was */
    void throwIfFailed() {
        if (failed()) {
            throw new Failure.ConfigInvalid(findings);
        }
    }
}
