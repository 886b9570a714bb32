package dev.slipway.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/** Makes small mistakes in Ignition configs, and the kind of changes that make none. */
final class Mutator {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final List<String> VERSIONS = List.of("3.0.0", "3.1.0", "3.2.0", "3.3.0", "3.4.0", "3.5.0", "3.6.0");
    private static final List<String> TEXTS = List.of("", "/", "/a", "/a/", "//a", "/a/../b", "/a/./b", "/..", "a", "/etc/systemd/system/a.service",
            "x".repeat(12), "x".repeat(17), "x".repeat(37), "ä".repeat(20), "x".repeat(48), "a:b", "a/b", "ext4", "xfs", "swap", "none", "virtiofs",
            "raid0", "raid1", "linear", "gzip", "tpm2", "trustee", "01234567-89AB-CDEF-EDCB-A98765432101", "01234567-89AB-CDEF-EDCB-A9876543210g",
            "http://h/a", "https://h:1/a b?c", "http://h/%zz", "http://[::1]/a", "http://[::1/a", "http://h h/", "ftp://h/", "tftp://h/a", "gs://b/k",
            "s3://b/k", "s3://b/k?versionId=", "arn:aws:s3:::b/k", "arn:aws:s3:::b", "arn:aws:ec2:::b/k", "data:,a%20b", "data:,a b",
            "data:;base64,aGk", "data:;base64,aGk=", "data:text/plain,a", "data:font/x,a", "sha512-" + "a".repeat(128), "sha256-" + "A".repeat(64),
            "sha256-" + "a".repeat(63), "md5-a", "a.service", "a@.service", "a@b.service", "a.conf", "a.txt", "[Unit]\nA=b\n", "[Install]\nA=b\n",
            "[Install]\n", "[Unit", "[Unit] x\n", "[Unit]\nA\n", "[Unit]\nA=b\\\nc\n", "a\n; b\n[Unit]\n# c\\\nd\nA=" + "x".repeat(2050), "{}",
            "{", "null");

    private final Random random;
    private final List<JsonNode> donors;

    /** @param donors configs to take values from */
    Mutator(Random random, List<JsonNode> donors) {
        this.random = random;
        this.donors = donors;
    }

    /** The text of {@code config} with one to three changes. */
    String mutate(JsonNode config) {
        JsonNode copy = config.deepCopy();
        for (int i = random.nextInt(3); i >= 0; i--) {
            change(copy);
        }
        String text = copy.toString();
        return switch (random.nextInt(60)) {
            case 0 -> text.substring(0, random.nextInt(text.length()));
            case 1 -> text + any(List.of(" ", "\n", "{}", ",", "#"));
            case 2 -> text.substring(0, text.length() - 1) + ",\"ignition\":" + copy.path("ignition") + "}";
            default -> text;
        };
    }

    private void change(JsonNode config) {
        List<ContainerNode<?>> containers = containers(config);
        ContainerNode<?> container = any(containers);
        switch (random.nextInt(10)) {
            case 0 -> drop(container);
            case 1 -> doubleItem(any(containers));
            case 2 -> replace(container, any(List.of(NODES.nullNode(), NODES.textNode("x"), NODES.numberNode(7), NODES.booleanNode(true),
                    NODES.arrayNode(), NODES.objectNode(), NODES.numberNode(1.5))));
            case 3 -> replaceAlike(container, NODES.numberNode(any(List.of(-1L, 0L, 1L, 511L, 512L, 4095L, 4096L, Long.MAX_VALUE))));
            case 4, 5 -> replaceAlike(container, NODES.textNode(any(TEXTS)));
            case 6 -> rename(container, random.nextInt(3) == 0);
            case 7 -> version(config);
            default -> graft(config);
        }
    }

    private static List<ContainerNode<?>> containers(JsonNode node) {
        List<ContainerNode<?>> found = new ArrayList<>();
        if (node instanceof ContainerNode<?> container) {
            found.add(container);
            node.forEach(child -> found.addAll(containers(child)));
        }
        return found;
    }

    private void drop(ContainerNode<?> container) {
        if (!container.isEmpty()) {
            if (container instanceof ObjectNode object) {
                object.remove(key(object));
            } else {
                ((ArrayNode) container).remove(random.nextInt(container.size()));
            }
        }
    }

    private void doubleItem(ContainerNode<?> container) {
        if (container instanceof ArrayNode array && !array.isEmpty()) {
            array.add(array.get(random.nextInt(array.size())).deepCopy());
        }
    }

    private void replace(ContainerNode<?> container, JsonNode value) {
        if (container instanceof ObjectNode object && !object.isEmpty()) {
            object.set(key(object), value);
        } else if (container instanceof ArrayNode array && !array.isEmpty()) {
            array.set(random.nextInt(array.size()), value);
        }
    }

    /** In place of a value of the same type. */
    private void replaceAlike(ContainerNode<?> container, JsonNode value) {
        if (container instanceof ObjectNode object) {
            object.properties().stream().filter(entry -> entry.getValue().getNodeType() == value.getNodeType()).map(Map.Entry::getKey)
                    .toList().stream().skip(random.nextInt(3)).findFirst().ifPresent(key -> object.set(key, value));
        } else {
            replace(container, value);
        }
    }

    private void version(JsonNode config) {
        if (config.path("ignition") instanceof ObjectNode section) {
            section.put("version", any(VERSIONS));
        }
    }

    private void rename(ContainerNode<?> container, boolean unknown) {
        if (container instanceof ObjectNode object && !object.isEmpty()) {
            String key = key(object);
            object.set(unknown ? "x" + key : key.substring(0, 1).toUpperCase(Locale.ROOT) + key.substring(1), object.remove(key));
        }
    }

    /** Takes a section of another config, or the entries of its lists. */
    private void graft(JsonNode config) {
        JsonNode donor = any(donors);
        String section = any(List.of("storage", "systemd", "passwd", "ignition", "kernelArguments"));
        if (!(donor.path(section) instanceof ObjectNode given) || !(config instanceof ObjectNode object)) {
            return;
        }
        if (!(object.path(section) instanceof ObjectNode own)) {
            object.set(section, given.deepCopy());
            return;
        }
        for (var entry : given.deepCopy().properties()) {
            if (own.get(entry.getKey()) instanceof ArrayNode list && entry.getValue() instanceof ArrayNode more) {
                list.addAll(more);
            } else if (!entry.getKey().equals("version")) {
                own.set(entry.getKey(), entry.getValue());
            }
        }
    }

    private String key(ObjectNode object) {
        List<String> keys = new ArrayList<>();
        object.fieldNames().forEachRemaining(keys::add);
        return any(keys);
    }

    private <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
