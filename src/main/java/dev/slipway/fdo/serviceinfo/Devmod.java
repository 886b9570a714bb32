package dev.slipway.fdo.serviceinfo;

import dev.slipway.bytes.Bytes;
import dev.slipway.cbor.CborItem;
import dev.slipway.failure.Failure.Malformed;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a device says of itself and which modules it has, as far as it has come. Unknown keys are ignored, repeated ones replace, lists of
 * modules unite.
 *
 * @param facts {@code os}, {@code arch}, {@code version}, {@code device}, {@code sn}, …: untrusted text
 * @see "FIDO Device Onboard 1.1, The devmod Module"
 */
public record Devmod(Map<String, String> facts, Set<String> modules) {

    public static final String MODULE = "devmod";
    public static final Devmod NOTHING_YET = new Devmod(Map.of(), Set.of());

    private static final Set<String> TEXT_KEYS = Set.of(
            "os", "arch", "version", "device", "pathsep", "sep", "nl", "tmp", "dir", "progenv", "bin", "mudurl");
    private static final String SERIAL_NUMBER = "sn";
    private static final String MODULES = "modules";
    private static final int MAX_TEXT_OCTETS = 1024;
    private static final int MAX_NAME_OCTETS = 255;
    private static final int MAX_MODULES = 256;

    public Devmod {
        facts = Map.copyOf(facts);
        modules = Set.copyOf(modules);
    }

    /** @throws Malformed if a known key holds another type than it should */
    Devmod with(ServiceInfoMessage message) {
        String key = message.message();
        if (TEXT_KEYS.contains(key)) {
            return withFact(key, message.value().text(MAX_TEXT_OCTETS));
        }
        if (key.equals(SERIAL_NUMBER)) {
            return withFact(key, serialNumber(message.value()));
        }
        return key.equals(MODULES) ? withModules(message.value()) : this;
    }

    public Optional<String> fact(String key) {
        return Optional.ofNullable(facts.get(key));
    }

    private Devmod withFact(String key, String value) {
        Map<String, String> more = new LinkedHashMap<>(facts);
        more.put(key, value);
        return new Devmod(more, modules);
    }

    private static String serialNumber(CborItem item) {
        if (item.isText()) {
            return item.text(MAX_TEXT_OCTETS);
        }
        Bytes octets = item.byteString();
        if (octets.length() > MAX_TEXT_OCTETS) {
            throw new Malformed("serial number of " + octets.length() + " octets");
        }
        return new String(octets.toArray(), StandardCharsets.UTF_8);
    }

    /** {@code [ start, count, name … ]}; start and count differ by client and say nothing that the names do not. */
    private Devmod withModules(CborItem item) {
        List<CborItem> parts = item.array();
        if (parts.size() < 2) {
            throw new Malformed("module list without start and count");
        }
        Set<String> more = new LinkedHashSet<>(modules);
        parts.subList(2, parts.size()).forEach(name -> more.add(name.text(MAX_NAME_OCTETS)));
        if (more.size() > MAX_MODULES) {
            throw new Malformed("more than " + MAX_MODULES + " modules");
        }
        return new Devmod(facts, more);
    }
}
