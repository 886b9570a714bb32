package dev.slipway.ignition;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.bytes.Bytes;
import dev.slipway.device.DeviceKeys;
import dev.slipway.failure.Failure;
import dev.slipway.failure.Finding;
import dev.slipway.ignition.butane.LocalFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** A profile with valid defaults and a knob for each document. */
final class Profiles {

    static final DeviceFacts DEVICE =
            new DeviceFacts("7f3b2a90-5c1d-4e8f-9a60-1b2c3d4e5f60", "SN-1", "EG-400", "Example", Map.of("region", "north"));

    static final Supplier<DeviceKeys.Residency> NO_TPM = () -> new DeviceKeys.Residency(false, "nothing");

    private static final String DECLARATIONS = """
            - {name: text, type: string, default: hello, description: A text.}
            - {name: number, type: integer, default: 7, description: A number.}
            - {name: flag, type: boolean, default: true, description: A flag.}
            - {name: list, type: strings, default: [a, b], description: A list.}
            - {name: token, type: string, secret: true, required: true, description: A secret.}
            """;

    private final Map<String, Bytes> documents = new LinkedHashMap<>();
    private String values = "token: top-secret";
    private DeviceFacts device = DEVICE;
    private LocalFiles embeddable = LocalFiles.NONE;

    private Profiles() {
        document(ProfileSource.PARAMETERS, DECLARATIONS);
        document(ProfileSource.CONFIG, "{\"ignition\": {\"version\": \"3.4.0\"}}");
    }

    static Profiles aProfile() {
        return new Profiles();
    }

    /** A config of version 3.4.0 with these sections. */
    static Profiles withSections(String sections) {
        return aProfile().document(ProfileSource.CONFIG, "{\"ignition\": {\"version\": \"3.4.0\"}, " + sections + "}");
    }

    /** A config in Butane, fcos 1.5.0, with these sections. */
    static Profiles withButane(String sections) {
        return aProfile().without(ProfileSource.CONFIG).document(ProfileSource.BUTANE, "variant: fcos\nversion: 1.5.0\n" + sections);
    }

    /** A config with a file /etc/x, readable by root only, with this {@code contents.inline}, written as JSON. */
    static Profiles withInline(String json) {
        return withSections("\"storage\": {\"files\": [{\"path\": \"/etc/x\", \"mode\": 384, \"contents\": {\"inline\": " + json + "}}]}");
    }

    /** A config with a unit of these contents. */
    static Profiles withUnit(String contents) {
        return withSections("\"systemd\": {\"units\": [{\"name\": \"a.service\", \"contents\": " + quoted(contents) + "}]}");
    }

    Profiles document(String name, String text) {
        documents.put(name, bytes(text));
        return this;
    }

    Profiles without(String name) {
        documents.remove(name);
        return this;
    }

    Profiles embeddable(LocalFiles files) {
        embeddable = files;
        return this;
    }

    Profiles values(String yaml) {
        values = yaml;
        return this;
    }

    Profiles serial(String serial) {
        device = new DeviceFacts(DEVICE.guid(), serial, DEVICE.model(), DEVICE.manufacturer(), DEVICE.labels());
        return this;
    }

    Profile parse() {
        return Profile.parse(new ProfileSource("test", documents, Set.of("files/motd"), embeddable));
    }

    RenderedConfig render() {
        Profile profile = parse();
        return profile.render(device, ParameterValues.parse(profile.parameters(), bytes(values)));
    }

    String masked() {
        Profile profile = parse();
        return profile.renderMasked(device, ParameterValues.parse(profile.parameters(), bytes(values)));
    }

    /** The rendered config as text. */
    String json() {
        return new String(render().octets().toArray(), StandardCharsets.UTF_8);
    }

    /** The rendered config as a tree. */
    JsonNode config() {
        try {
            return new ObjectMapper().readTree(json());
        } catch (IOException e) {
            throw new UncheckedIOException("no JSON", e);
        }
    }

    /** Why the profile is refused when it is parsed; fails if it is not. */
    List<Finding> lint() {
        return refusal(this::parse);
    }

    /** Why the profile, which must be parsed without complaint, cannot be rendered. */
    List<Finding> renderRefusal() {
        parse();
        return refusal(this::render);
    }

    static List<Finding> refusal(Runnable action) {
        Failure.ConfigInvalid failure = catchThrowableOfType(Failure.ConfigInvalid.class, action::run);
        if (failure == null) {
            throw new AssertionError("was not refused");
        }
        return failure.findings();
    }

    static Bytes bytes(String text) {
        return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** As a JSON string; the test's own, so that it is no judge in its own cause. */
    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.chars().forEach(c -> quoted.append(String.format("\\u%04x", c)));
        return quoted.append('"').toString();
    }
}
