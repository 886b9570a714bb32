package dev.slipway.transport.attest;

import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure.Malformed;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The parts of a request by name, whichever form it came in. A name may come several times, where a list is wanted. */
final class Parts {

    private static final int MAX_PARTS = 24;
    private static final int MAX_NAME = 64;

    /** What came under a name. */
    private sealed interface Part {

        /** Where octets are wanted, they are in base64. */
        record Text(String text) implements Part {}

        record Octets(Bytes octets) implements Part {}
    }

    private final Map<String, List<Part>> parts = new LinkedHashMap<>();
    private int count;

    void addText(String name, String text) {
        add(name, new Part.Text(text));
    }

    void addOctets(String name, Bytes octets) {
        add(name, new Part.Octets(octets));
    }

    private void add(String name, Part part) {
        count++;
        if (count > MAX_PARTS) {
            throw new Malformed("more than " + MAX_PARTS + " parts");
        }
        if (name.isEmpty() || name.length() > MAX_NAME) {
            throw new Malformed("a part whose name has " + name.length() + " characters");
        }
        parts.computeIfAbsent(name, first -> new ArrayList<>()).add(part);
    }

    /** @throws Malformed for a part that nobody will read: a name that is misspelt would change what is asked for */
    void requireOnly(Set<String> names) {
        for (String name : parts.keySet()) {
            if (!names.contains(name)) {
                throw new Malformed("a part '" + name + "' that is none of " + names);
            }
        }
    }

    Bytes octets(String name) {
        return optionalOctets(name).orElseThrow(() -> missing(name));
    }

    Optional<Bytes> optionalOctets(String name) {
        return only(name).map(part -> octets(name, part));
    }

    List<Bytes> listOfOctets(String name) {
        return parts.getOrDefault(name, List.of()).stream().map(part -> octets(name, part)).toList();
    }

    /** Octets that are written in hex, where they are not sent as octets. */
    Bytes hex(String name, int length) {
        Part part = only(name).orElseThrow(() -> missing(name));
        if (part instanceof Part.Octets octets && octets.octets().length() == length) {
            return octets.octets();
        }
        try {
            return Bytes.fromHex(text(part).strip());
        } catch (IllegalArgumentException e) {
            throw new Malformed("'" + name + "' is not in hex");
        }
    }

    Optional<String> text(String name) {
        return only(name).map(Parts::text);
    }

    private static String text(Part part) {
        return switch (part) {
            case Part.Text text -> text.text();
            case Part.Octets octets -> new String(octets.octets().toArray(), StandardCharsets.UTF_8);
        };
    }

    private Optional<Part> only(String name) {
        List<Part> all = parts.getOrDefault(name, List.of());
        if (all.size() > 1) {
            throw new Malformed("'" + name + "' comes " + all.size() + " times");
        }
        return all.stream().findFirst();
    }

    private static Bytes octets(String name, Part part) {
        return switch (part) {
            case Part.Octets octets -> octets.octets();
            case Part.Text text -> base64(name, text.text());
        };
    }

    private static Bytes base64(String name, String text) {
        try {
            return Bytes.owning(Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            throw new Malformed("'" + name + "' is not in base64");
        }
    }

    private static Malformed missing(String name) {
        return new Malformed("there is no '" + name + "'");
    }
}
