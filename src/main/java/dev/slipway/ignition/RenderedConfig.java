package dev.slipway.ignition;

import dev.slipway.bytes.SecretBytes;
import dev.slipway.ignition.spec.IgnitionVersion;

/**
 * An Ignition config for one device, validated and ready to be served.
 *
 * @param octets compact JSON in UTF-8; the same template, device and parameters always give the same octets
 * @param version of the specification, as in the config
 */
public record RenderedConfig(SecretBytes octets, IgnitionVersion version) {

    @Override
    public String toString() {
        return "RenderedConfig[" + version.text() + ", " + octets.length() + " octets]";
    }
}
