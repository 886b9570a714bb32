package dev.slipway.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Makes small mistakes in Butane configs. Its trees have every scalar as a text: the very characters of the YAML, quotes included. */
final class ButaneMutator {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** At the end of a key: the same key once more. */
    private static final String AGAIN = "\u0001";

    private static final List<String> DIALECTS = List.of("fcos 1.0.0", "fcos 1.1.0", "fcos 1.2.0", "fcos 1.3.0", "fcos 1.4.0", "fcos 1.5.0",
            "fcos 1.6.0", "fcos 1.7.0", "flatcar 1.0.0", "flatcar 1.1.0", "r4e 1.0.0", "r4e 1.1.0", "fiot 1.0.0");

    private static final List<String> SCALARS = List.of("~", "null", "\"\"", "''", "true", "false", "True", "yes", "no", "on", "y", "\"yes\"",
            "\"true\"", "0", "1", "-1", "+7", "420", "0644", "0o644", "0O644", "0x1a4", "0b11", "08", "1_000", "_1", "644", "755", "0755",
            "04755", "1777", "4095", "4096", "07777", "8192", "8191", "2147483648", "9223372036854775807", "9223372036854775808",
            "-9223372036854775808", "1.5", "2.0", "1e3", ".5", ".inf", "12:30", "2001-01-01", "\"12\"", "'7'", "1.5.0", "x", "X Y", "ä",
            "\"a\\nb\"", "\"tab\\there\"", "'it''s'");

    private static final List<String> TEXTS = List.of("/", "/a", "/a/", "//a", "/a/../b", "a", "/etc/x", "/var/x", "/opt/x", "/boot",
            "/var/data", "/etc/systemd/system/a.service", "swap", "ext4", "xfs", "vfat", "btrfs", "none", "x86_64", "aarch64", "ppc64le",
            "s390x-eckd", "s390x-zfcp", "s390x-virt", "/dev/dasda", "/dev/sda", "/dev/vda", "/dev/vdb", "/dev/mapper/root", "/dev/mapper/data",
            "/dev/md/md-root", "root", "boot", "EFI-SYSTEM", "BIOS-BOOT", "md-boot", "raid1", "raid0", "gzip", "hello.txt", "long.txt",
            "child.ign", "unit.service", "keys/a.pub", "tree", "tree/etc/app", "nope", "../x", "tree/../hello.txt", "/hello.txt", ".",
            "a.service", "a@.service", "var-data.mount", "a.conf", "a.txt", "\"[Unit]\\nA=b\\n\"", "\"[Unit\"", "data:,a", "http://h/a",
            "https://h:1/a", "s3://b/k", "arn:aws:s3:::b/k", "sha256-" + "a".repeat(64), "sha512-" + "a".repeat(128),
            "'" + "lorem ipsum ".repeat(30) + "'", "\"" + "\\u0001".repeat(40) + "\"", "'{\"ignition\": {\"version\": \"3.4.0\"}}'");

    private static final List<String> KEYS = List.of("inline", "local", "source", "contents", "contents_local", "append", "compression", "mode",
            "user", "group", "overwrite", "path", "name", "device", "format", "label", "with_mount_unit", "mount_options", "options", "trees",
            "storage", "systemd", "passwd", "kernel_arguments", "boot_device", "grub", "users", "layout", "luks", "mirror", "devices", "tpm2",
            "tang", "threshold", "discard", "cex", "enabled", "clevis", "key_file", "raid", "disks", "filesystems", "files", "directories",
            "links", "partitions", "number", "size_mib", "start_mib", "wipe_table", "should_exist", "ssh_authorized_keys",
            "ssh_authorized_keys_local", "file_mode", "dir_mode", "dropins", "units", "target", "hard", "ignition", "config", "merge", "replace",
            "http_headers", "verification", "hash", "resize", "open_options", "password_hash", "uid", "id");

    private final Random random;
    private final List<JsonNode> donors;

    /** @param donors configs to take values from */
    ButaneMutator(Random random, List<JsonNode> donors) {
        this.random = random;
        this.donors = donors;
    }

    /** A config as a tree; anchors are written out. */
    static JsonNode tree(String yaml) {
        return tree(new Compose(LoadSettings.builder().build()).composeString(yaml).orElseThrow());
    }

    private static JsonNode tree(Node node) {
        return switch (node) {
            case ScalarNode scalar -> TextNode.valueOf(scalar.getScalarStyle() == ScalarStyle.PLAIN ? scalar.getValue() : quoted(scalar.getValue()));
            case SequenceNode sequence -> {
                ArrayNode list = NODES.arrayNode();
                sequence.getValue().forEach(item -> list.add(tree(item)));
                yield list;
            }
            case MappingNode mapping -> {
                ObjectNode object = NODES.objectNode();
                mapping.getValue().forEach(entry -> object.set(((ScalarNode) entry.getKeyNode()).getValue(), tree(entry.getValueNode())));
                yield object;
            }
            default -> throw new IllegalStateException("no such node");
        };
    }

    private static String quoted(String text) {
        return TextNode.valueOf(text).toString();
    }

    /** The text of {@code config} with one to three changes. */
    String mutate(JsonNode config) {
        JsonNode copy = config.deepCopy();
        for (int i = random.nextInt(3); i >= 0; i--) {
            change(copy);
        }
        StringBuilder text = new StringBuilder();
        write(copy, 0, text);
        if (!text.isEmpty() && random.nextInt(8) == 0) {
            disturb(text);
        }
        return text.toString();
    }

    /** One character more, less, or another. */
    private void disturb(StringBuilder text) {
        int at = random.nextInt(text.length());
        int end = random.nextBoolean() ? at : at + 1;
        text.replace(at, end, random.nextInt(3) == 0 ? "" : any(List.of(" ", "  ", "\n", "-", "- ", ":", ": ", "#", " #", "'", "\"", "[", "]", "{", "}", ",",
                "|", ">", "|-\n", "&a ", "*a", "!", "%", "@", "`", "?", "~", "\\", "x", "\t", "...\n", "<<: ")));
    }

    private void change(JsonNode config) {
        ContainerNode<?> container = any(containers(config));
        switch (random.nextInt(12)) {
            case 0 -> drop(container);
            case 1 -> again(any(containers(config)));
            case 2 -> set(container, TextNode.valueOf(any(SCALARS)));
            case 3 -> set(container, any(List.of(NODES.arrayNode(), NODES.objectNode(), NODES.arrayNode().add("~"), NODES.arrayNode().add("x"))));
            case 4, 5 -> set(container, TextNode.valueOf(any(TEXTS)));
            case 6 -> misspell(container);
            case 7 -> dialect((ObjectNode) config);
            case 8, 9 -> graft((ObjectNode) config);
            default -> add(container);
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
        if (container instanceof ObjectNode object && !object.isEmpty()) {
            object.remove(key(object));
        } else if (container instanceof ArrayNode array && !array.isEmpty()) {
            array.remove(random.nextInt(array.size()));
        }
    }

    /** An item or a key a second time. */
    private void again(ContainerNode<?> container) {
        if (container instanceof ArrayNode array && !array.isEmpty()) {
            array.add(array.get(random.nextInt(array.size())).deepCopy());
        } else if (container instanceof ObjectNode object && !object.isEmpty() && random.nextInt(4) == 0) {
            String key = key(object);
            object.set(key + AGAIN, object.get(key).deepCopy());
        }
    }

    private void set(ContainerNode<?> container, JsonNode value) {
        if (container instanceof ObjectNode object && !object.isEmpty()) {
            object.set(key(object), value.deepCopy());
        } else if (container instanceof ArrayNode array && !array.isEmpty()) {
            array.set(random.nextInt(array.size()), value.deepCopy());
        }
    }

    private void misspell(ContainerNode<?> container) {
        if (container instanceof ObjectNode object && !object.isEmpty()) {
            String key = key(object);
            object.set(any(List.of(key + "x", key.toUpperCase(Locale.ROOT), key.replace("_", ""), any(KEYS))), object.remove(key));
        }
    }

    private void dialect(ObjectNode config) {
        String[] dialect = any(DIALECTS).split(" ");
        config.put("variant", dialect[0]).put("version", dialect[1]);
    }

    private void add(ContainerNode<?> container) {
        if (container instanceof ObjectNode object) {
            String key = any(KEYS);
            List<JsonNode> values = donors.stream().map(donor -> donor.findValue(key)).filter(value -> value != null).toList();
            object.set(key, values.isEmpty() || random.nextInt(3) == 0 ? TextNode.valueOf(any(SCALARS)) : any(values).deepCopy());
        }
    }

    /** Takes a section of another config, or the entries of its lists. */
    private void graft(ObjectNode config) {
        ObjectNode donor = (ObjectNode) any(donors);
        String section = key(donor);
        if (section.equals("variant") || section.equals("version")) {
            return;
        }
        if (!(config.get(section) instanceof ObjectNode own) || !(donor.get(section) instanceof ObjectNode given)) {
            config.set(section, donor.get(section).deepCopy());
            return;
        }
        for (var entry : given.deepCopy().properties()) {
            if (own.get(entry.getKey()) instanceof ArrayNode list && entry.getValue() instanceof ArrayNode more) {
                list.addAll(more);
            } else {
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

    private static void write(JsonNode node, int indent, StringBuilder text) {
        node.properties().forEach(entry -> {
            text.append(" ".repeat(indent)).append(entry.getKey().replace(AGAIN, "")).append(':');
            value(entry.getValue(), indent, text);
        });
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            text.append(" ".repeat(indent)).append('-');
            value(node.get(i), indent, text);
        }
    }

    private static void value(JsonNode value, int indent, StringBuilder text) {
        if (value.isTextual()) {
            text.append(' ').append(value.textValue()).append('\n');
        } else if (value.isEmpty()) {
            text.append(value.isArray() ? " []\n" : " {}\n");
        } else {
            text.append('\n');
            write(value, indent + 2, text);
        }
    }
}
