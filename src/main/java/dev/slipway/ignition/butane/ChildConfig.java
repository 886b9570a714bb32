package dev.slipway.ignition.butane;

import dev.slipway.bytes.Bytes;
import dev.slipway.ignition.spec.ConfigPath;
import dev.slipway.ignition.spec.ConfigValidator;
import dev.slipway.ignition.spec.Remark;

/** A config for Ignition that stands inside another one, as the source of {@code merge} or {@code replace}. */
final class ChildConfig {

    private ChildConfig() {}

    /** @param from where it stands */
    static void check(Bytes octets, ConfigPath from, SourceReport report) {
        for (Remark remark : ConfigValidator.validate(octets).remarks()) {
            String place = remark.position().map(position -> position + " of this config: ").orElse("in this config: ");
            report.add(report.finding("butane.child-config", from, remark.severity(), place + remark.message()));
        }
    }
}
