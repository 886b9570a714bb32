package dev.slipway.ignition;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.bytes.Bytes;
import dev.slipway.bytes.SecretBytes;
import dev.slipway.failure.Failure;
import dev.slipway.ignition.spec.ConfigReader;
import dev.slipway.ignition.spec.Conversion;
import dev.slipway.ignition.spec.IgnitionVersion;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * An Ignition config for one device, validated and ready to be served.
 *
 * @param octets compact JSON in UTF-8; the same template, device and parameters always give the same octets
 * @param version of the specification, as in the config
 */
public record RenderedConfig(SecretBytes octets, IgnitionVersion version) {

    /** SHA-512 of the octets in hex, as it stands in the device's journal. */
    public String sha512() {
        try {
            return Bytes.owning(MessageDigest.getInstance("SHA-512").digest(octets.toArray())).toHex();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("no SHA-512 in this JDK", e);
        }
    }

    /**
     * The same in another version of the specification.
     *
     * @throws Failure.ConfigInvalid if it needs what that version lacks
     */
    public RenderedConfig in(IgnitionVersion wanted) {
        JsonNode config = ConfigReader.read(octets.slice(0, octets.length())).tree().orElseThrow();
        return switch (Conversion.of(config, wanted)) {
            case Conversion.Done done -> new RenderedConfig(SecretBytes.owning(Json.write(done.config())), wanted);
            case Conversion.Refused refused -> throw new Failure.ConfigInvalid(refused.report().findings());
        };
    }

    @Override
    public String toString() {
        return "RenderedConfig[" + version.text() + ", " + octets.length() + " octets]";
    }
}
