package dev.slipway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.bytes.Bytes;
import dev.slipway.fdo.message.MessageType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Traffic between other implementations, recorded with its keys; {@code captures/README.md} says how. */
public record RecordedSession(String name) {

    private static final Pattern BODY = Pattern.compile("(\\d{3})-m(\\d+)-(req|rsp)\\.cbor");

    /**
     * A message as it crossed the wire.
     *
     * @param clear the same where it was in clear; else what the recording's own decoder made of it
     */
    public record Recorded(String file, MessageType type, Bytes body, Bytes clear) {

        @Override
        public String toString() {
            return file;
        }
    }

    /** Those whose keys and suites are supported. */
    public static List<RecordedSession> supported() {
        return Stream.of("csdk-ecdsa256-gcm", "csdk-ecdsa256-gcm-svi-fsim", "csdk-ecdsa384-gcm", "csdk-tpm256-gcm", "pri-ecdsa256-a256gcm", "pri-ecdsa384-a256gcm")
                .map(RecordedSession::new)
                .toList();
    }

    public List<Recorded> messages() {
        try (Stream<Path> files = Files.list(Vectors.file("captures/" + name))) {
            return files.sorted().flatMap(this::recorded).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Stream<Recorded> recorded(Path path) {
        Matcher matcher = BODY.matcher(path.getFileName().toString());
        if (!matcher.matches()) {
            return Stream.empty();
        }
        MessageType type = MessageType.ofNumber(Integer.parseInt(matcher.group(2))).orElseThrow();
        String file = matcher.group();
        Bytes body = bytes(file);
        String plain = matcher.group(1) + "-m" + matcher.group(2) + "-plain.cbor";
        return Stream.of(new Recorded(file, type, body, type.encrypted() ? bytes(plain) : body));
    }

    /** The only message of this type; in some recordings a 20 and 22 for another device come before. */
    public Recorded message(MessageType type) {
        List<Recorded> found = messages().stream().filter(message -> message.type() == type).toList();
        assertThat(found).as("%s in %s", type, name).isNotEmpty();
        return found.get(found.size() - 1);
    }

    public Bytes bytes(String file) {
        return Vectors.bytes("captures/" + name + "/" + file);
    }

    public String text(String file) {
        return Vectors.text("captures/" + name + "/" + file).strip();
    }

    public JsonNode json(String file) {
        return json("captures/" + name, file);
    }

    public static JsonNode json(String folder, String file) {
        try {
            return new ObjectMapper().readTree(Vectors.text(folder + "/" + file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
