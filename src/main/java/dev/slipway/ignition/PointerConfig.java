package dev.slipway.ignition;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.bytes.Bytes;
import dev.slipway.bytes.SecretBytes;
import dev.slipway.ignition.spec.ConfigValidator;
import dev.slipway.ignition.spec.DataUrl;
import dev.slipway.ignition.spec.IgnitionVersion;
import java.net.URI;

/**
 * The small config that a device has locally, as {@code user.ign} for instance: it says where the real one is, and holds the ticket for it.
 *
 * <p>Its version is the first that knows {@code httpHeaders}, so it does for every Ignition program from then on. It sets no time limit:
 * a device that has to wait waits for as long as it takes.
 *
 * @param configUrl where the real config is
 * @param authorities certificates that the server's is one of, or certified by, as PEM
 * @see "Ignition, Configuration Specification v3.1.0"
 */
public record PointerConfig(URI configUrl, String authorities) {

    private static final IgnitionVersion VERSION = IgnitionVersion.V3_1_0;
    private static final String SOURCE = "source";

    /** @param authorization the value of that header */
    public RenderedConfig with(String authorization) {
        ObjectNode config = JsonNodeFactory.instance.objectNode();
        ObjectNode ignition = config.putObject("ignition").put("version", VERSION.text());
        ObjectNode replace = ignition.putObject("config").putObject("replace").put(SOURCE, configUrl.toString());
        replace.putArray("httpHeaders").addObject().put("name", "Authorization").put("value", authorization);
        ObjectNode tls = ignition.putObject("security").putObject("tls");
        tls.putArray("certificateAuthorities").addObject().put(SOURCE, DataUrl.encode(authorities));
        byte[] octets = Json.write(config);
        Report report = new Report();
        report.addAll(Report.located("pointer config", ConfigValidator.check(Bytes.owning(octets))));
        report.throwIfFailed();
        return new RenderedConfig(SecretBytes.owning(octets), VERSION);
    }
}
