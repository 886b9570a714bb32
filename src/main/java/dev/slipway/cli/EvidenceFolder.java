package dev.slipway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Evidence of a service as files, which {@link EvidenceOptions} reads. */
final class EvidenceFolder {

    /** Options, by the names that devices send evidence by. */
    private static final Map<String, String> OPTIONS = new LinkedHashMap<>();

    static {
        OPTIONS.put("quote", "quote");
        OPTIONS.put("signature", "signature");
        OPTIONS.put("ak", "ak");
        OPTIONS.put("pcrs", "pcrs");
        OPTIONS.put("event_log", "log");
        OPTIONS.put("userspace_log", "userspace-log");
        OPTIONS.put("pcr_signature", "pcrsig");
    }

    private EvidenceFolder() {}

    /** @return the options, on one line */
    static String write(JsonNode evidence, Path folder) {
        List<String> line = new ArrayList<>();
        try {
            Files.createDirectories(folder);
            for (Map.Entry<String, String> option : OPTIONS.entrySet()) {
                if (evidence.has(option.getKey())) {
                    Path file = folder.resolve(option.getValue());
                    Files.write(file, Base64.getDecoder().decode(evidence.path(option.getKey()).asText()));
                    line.add("--" + option.getValue() + " " + file);
                }
            }
        } catch (IOException e) {
            throw new CommandFailed(folder + " cannot be written: " + e.getMessage());
        }
        return String.join(" ", line);
    }
}
