package dev.slipway.attestation;

import dev.slipway.failure.Finding;
import java.util.List;

/** What has to hold of a boot. */
@FunctionalInterface
public interface BootRule {

    /** What keeps it from holding, each with the register that it is about; nothing if it holds. */
    List<Finding> findings(Booted booted);
}
