package dev.slipway.attestation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure.Malformed;
import dev.slipway.tpm.TpmHash;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What systemd extended after the firmware: boot phases, credentials, machine id. A JSON text sequence (RFC 7464): each record begins with
 * octet 1E.
 *
 * <pre>{ "pcr": 11, "digests": [ { "hashAlg": "sha256", "digest": hex } ], "content_type": "systemd", "content": { … } }</pre>
 *
 * @see "systemd, TPM2 PCR Measurements Made by systemd; TCG Canonical Event Log Format, JSON"
 */
public final class UserspaceLog {

    private static final char RECORD_SEPARATOR = 0x1e;
    private static final int MAX_LOG_OCTETS = 1024 * 1024;
    private static final int MAX_RECORDS = 4096;
    private static final int MAX_DIGESTS = 8;
    private static final int MAX_PCR = 23;
    private static final int MAX_WORD = 64;

    private UserspaceLog() {}

    /** @throws Malformed if it is no such sequence, or over a limit */
    public static List<Measurement> decode(Bytes log) {
        String text = UntrustedJson.text(log, MAX_LOG_OCTETS, UserspaceLog::malformed);
        if (text.isEmpty()) {
            return List.of();
        }
        if (text.charAt(0) != RECORD_SEPARATOR) {
            throw malformed("does not begin with octet 1E");
        }
        List<Measurement> measurements = new ArrayList<>();
        int number = 0;
        for (int at = 0; at < text.length(); number++) {
            if (number == MAX_RECORDS) {
                throw malformed("has more than " + MAX_RECORDS + " records");
            }
            int next = text.indexOf(RECORD_SEPARATOR, at + 1);
            int end = next < 0 ? text.length() : next;
            measurement(number, UntrustedJson.object(text.substring(at + 1, end), UserspaceLog::malformed)).ifPresent(measurements::add);
            at = end;
        }
        return List.copyOf(measurements);
    }

    /** Empty for a record about something else than a PCR, such as an NV index used like one. */
    private static Optional<Measurement> measurement(int number, JsonNode event) {
        JsonNode pcr = event.path("pcr");
        if (pcr.isMissingNode()) {
            return Optional.empty();
        }
        if (!pcr.isInt() || pcr.intValue() < 0 || pcr.intValue() > MAX_PCR) {
            throw malformed("has a record of a PCR that there is not");
        }
        Map<TpmHash, Bytes> digests = digests(event.path("digests"));
        return Optional.of(new Measurement(describe(number, event.path("content")), pcr.intValue(), digests, Optional.empty()));
    }

    /** Algorithms that this program does not know are passed over. */
    private static Map<TpmHash, Bytes> digests(JsonNode list) {
        if (!list.isArray() || list.size() > MAX_DIGESTS) {
            throw malformed("has a record without a list of digests");
        }
        Map<TpmHash, Bytes> digests = new EnumMap<>(TpmHash.class);
        for (JsonNode entry : list) {
            Optional<TpmHash> hash = TpmHash.named(entry.path("hashAlg").asText());
            if (hash.isPresent() && digests.put(hash.get(), digest(hash.get(), entry.path("digest").asText())) != null) {
                throw malformed("has a record with two digests of " + hash.get().bank());
            }
        }
        return digests;
    }

    private static Bytes digest(TpmHash hash, String hex) {
        if (!hex.matches("[0-9a-fA-F]{%d}".formatted(2 * hash.octets()))) {
            throw malformed("has a digest that is none of " + hash.bank());
        }
        return Bytes.fromHex(hex);
    }

    private static String describe(int number, JsonNode content) {
        return ("user-space event " + number + " " + word(content.path("eventType")) + " " + word(content.path("string"))).strip();
    }

    /** Short, and in letters that no log or terminal stumbles over: nothing vouches for the words. */
    private static String word(JsonNode node) {
        String plain = node.asText().replaceAll("[^\\x21-\\x7e]", "_");
        return plain.substring(0, Math.min(plain.length(), MAX_WORD));
    }

    private static Malformed malformed(String what) {
        return new Malformed("user-space event log " + what);
    }
}
