package dev.slipway.ignition.butane;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.ignition.butane.Assets.Encoding;
import dev.slipway.ignition.butane.LocalFiles.Entry;
import dev.slipway.ignition.spec.ConditionalObject;
import dev.slipway.ignition.spec.ConfigPath;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whole folders of local files, after the nodes that the user lists himself; one that he lists without contents is completed. */
final class Trees {

    private static final ConfigPath STORAGE = ConfigPath.ROOT.child("storage");
    private static final int FOLDER_MODE = 0755;

    private final Translated config;
    private final Assets assets;
    private final SourceReport report;
    private final Map<String, Map<String, ObjectNode>> nodes = new HashMap<>();

    private Trees(Translated config, Assets assets, SourceReport report) {
        this.config = config;
        this.assets = assets;
        this.report = report;
        for (String list : List.of("files", "directories", "links")) {
            Map<String, ObjectNode> byPath = new HashMap<>();
            Given.forEach(config.config().path("storage").path(list), (node, i) -> {
                if (!(node instanceof ConditionalObject)) {
                    Given.text(node, "path").ifPresent(path -> byPath.put(path, (ObjectNode) node));
                }
            });
            nodes.put(list, byPath);
        }
    }

    static void addTo(Translated config, JsonNode tree, Assets assets, SourceReport report) {
        JsonNode trees = tree.path("storage").path("trees");
        if (trees.isEmpty()) {
            return;
        }
        Trees adder = new Trees(config, assets, report);
        Given.forEach(trees, (source, i) -> adder.add(source, ConfigPath.ROOT.child("storage").child("trees").child(i)));
    }

    /** In the outline of a template, a tree whose place or presence is not known yet is only read. */
    private void add(JsonNode tree, ConfigPath from) {
        String local = tree.path("local").asText();
        boolean placed = !Given.isUnknown(tree, "path") && !(tree instanceof ConditionalObject);
        try {
            for (Entry entry : assets.tree(local)) {
                if (placed) {
                    add(entry, local, tree, from);
                } else if (entry instanceof Entry.File file) {
                    assets.local(local + "/" + file.path(), file.contents(), Encoding.SHORTEST);
                }
            }
        } catch (LocalFiles.Unavailable e) {
            report.error("butane.local", from.child("local"), e.getMessage());
        }
    }

    private void add(Entry entry, String local, JsonNode tree, ConfigPath from) {
        String folder = Given.isFilled(tree, "path") ? tree.get("path").asText() : "/";
        String path = LocalPath.join(folder, entry.path());
        switch (entry) {
            case Entry.Folder below -> folder(path, tree, from);
            case Entry.File file -> file(file, local + "/" + file.path(), path, tree, from);
            case Entry.Link link -> node("links", path, tree, from).filter(node -> isLeftOpen(node, "target", path, from))
                    .ifPresent(node -> node.put("target", link.target()));
            case Entry.Other other -> report.error("butane.tree", from, "the tree holds " + path
                    + ", which is neither a file, nor a folder, nor a symbolic link; remove it");
        }
    }

    private void folder(String path, JsonNode tree, ConfigPath from) {
        boolean owned = Given.is(tree, "dir_mode") || isOwner(tree.path("user")) || isOwner(tree.path("group"));
        if (!owned) {
            return;
        }
        if (nodes.get("directories").containsKey(path)) {
            refuse(path, from);
            return;
        }
        node("directories", path, tree, from).ifPresent(node -> node.set("mode", mode(tree, "dir_mode", FOLDER_MODE)));
    }

    private void file(Entry.File file, String local, String path, JsonNode tree, ConfigPath from) {
        Optional<ObjectNode> node = node("files", path, tree, from);
        if (node.isEmpty() || !isLeftOpen(node.get().path("contents"), "source", path, from)) {
            return;
        }
        ObjectNode contents = node.get().withObject("/contents");
        boolean compressed = Given.isFilled(contents, "compression");
        Encoded encoded = assets.local(local, file.contents(), compressed ? Encoding.UNCOMPRESSED : Encoding.SHORTEST);
        contents.put("source", encoded.source());
        if (!compressed) {
            contents.put("compression", encoded.gzip() ? "gzip" : "");
        }
        if (!Given.is(node.get(), "mode")) {
            node.get().set("mode", mode(tree, "file_mode", file.executable() ? 0755 : 0644));
        }
    }

    /** That of the user, or a new one; empty if there is something of another kind at this path. */
    private Optional<ObjectNode> node(String list, String path, JsonNode tree, ConfigPath from) {
        ObjectNode known = nodes.get(list).get(path);
        if (known != null) {
            return Optional.of(known);
        }
        if (nodes.values().stream().anyMatch(byPath -> byPath.containsKey(path))) {
            refuse(path, from);
            return Optional.empty();
        }
        ArrayNode target = config.list("storage", list);
        config.trail().put(STORAGE.child(list).child(target.size()), from);
        ObjectNode node = target.addObject().put("path", path);
        owner(node, "user", tree);
        owner(node, "group", tree);
        nodes.get(list).put(path, node);
        return Optional.of(node);
    }

    private static boolean isOwner(JsonNode owner) {
        return Given.is(owner, "id") || Given.is(owner, "name");
    }

    private static void owner(ObjectNode node, String key, JsonNode tree) {
        for (String name : List.of("id", "name")) {
            if (Given.is(tree.path(key), name)) {
                node.withObject("/" + key).set(name, tree.path(key).get(name));
            }
        }
    }

    private JsonNode mode(JsonNode tree, String key, int otherwise) {
        return Given.is(tree, key) ? tree.get(key) : config.config().numberNode(otherwise);
    }

    /** Whether the user leaves this to the tree; it is reported if not. */
    private boolean isLeftOpen(JsonNode node, String key, String path, ConfigPath from) {
        boolean filled = Given.isFilled(node, key);
        if (filled) {
            refuse(path, from);
        }
        return !filled;
    }

    private void refuse(String path, ConfigPath from) {
        report.error("butane.tree", from, "the tree holds " + path + ", and so does the config, with contents of its own or of another kind;"
                + " remove one of them");
    }
}
