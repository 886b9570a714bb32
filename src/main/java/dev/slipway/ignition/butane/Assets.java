package dev.slipway.ignition.butane;

import dev.slipway.bytes.Bytes;
import dev.slipway.ignition.butane.LocalFiles.Entry;
import dev.slipway.ignition.butane.LocalFiles.Unavailable;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What a config embeds: its local files, and the encoded form of these and of inline contents.
 *
 * <p>A template is translated once to collect what does not depend on the device, and again for each device with what was collected
 * ({@link #settled}): then no file is read any more, constant contents are not compressed again, and any number of threads may do it.
 */
public final class Assets {

    /** Octets of all local files of a config together; a config should stay below 1 MiB, after compression. */
    private static final long OCTETS = 8 << 20;

    /** Whether it is written in full, and whether compression may be chosen. */
    enum Encoding {
        PERCENT,
        UNCOMPRESSED,
        SHORTEST
    }

    private record Content(boolean local, String text, Encoding encoding) {}

    private final LocalFiles files;
    private final boolean settled;
    private final Map<String, Bytes> contents;
    private final Map<String, List<Entry>> trees;
    private final Map<Content, Encoded> encoded;
    private long octetsLeft = OCTETS;

    private Assets(LocalFiles files, boolean settled, Map<String, Bytes> contents, Map<String, List<Entry>> trees,
            Map<Content, Encoded> encoded) {
        this.files = files;
        this.settled = settled;
        this.contents = contents;
        this.trees = trees;
        this.encoded = encoded;
    }

    public static Assets of(LocalFiles files) {
        return new Assets(files, false, new HashMap<>(), new HashMap<>(), new HashMap<>());
    }

    /** With what was collected so far, and nothing else. Immutable. */
    public Assets settled() {
        return new Assets(LocalFiles.NONE, true, Map.copyOf(contents), Map.copyOf(trees), Map.copyOf(encoded));
    }

    /** Whether constant contents were seen, and so were checked, before. */
    boolean isSettled() {
        return settled;
    }

    /** @param path as it is written in the config */
    Bytes read(String path) throws Unavailable {
        String inside = inside(path);
        Bytes octets = contents.get(inside);
        if (octets == null) {
            octets = files.read(inside);
            take(octets);
            contents.put(inside, octets);
        }
        return octets;
    }

    /** @param path as it is written in the config */
    List<Entry> tree(String path) throws Unavailable {
        String inside = inside(path);
        List<Entry> tree = trees.get(inside);
        if (tree == null) {
            tree = List.copyOf(files.tree(inside));
            for (Entry entry : tree) {
                if (entry instanceof Entry.File file) {
                    take(file.contents());
                }
            }
            trees.put(inside, tree);
        }
        return tree;
    }

    private static String inside(String path) throws Unavailable {
        return LocalPath.inside(path).orElseThrow(() -> new Unavailable("the path leaves the folder of local files"));
    }

    private void take(Bytes octets) throws Unavailable {
        octetsLeft -= octets.length();
        if (octetsLeft < 0) {
            throw new Unavailable("the local files of a config together have more than " + OCTETS + " octets; let devices fetch large ones by URL");
        }
    }

    /** @param path that {@code octets} were read from */
    Encoded local(String path, Bytes octets, Encoding encoding) {
        return encoded(new Content(true, path, encoding), () -> octets);
    }

    Encoded inline(String text, Encoding encoding) {
        return encoded(new Content(false, text, encoding), () -> Bytes.owning(text.getBytes(StandardCharsets.UTF_8)));
    }

    private Encoded encoded(Content content, Supplier<Bytes> octets) {
        Encoded known = encoded.get(content);
        if (known == null) {
            known = switch (content.encoding) {
                case PERCENT -> Encoded.percentEncoded(octets.get());
                case UNCOMPRESSED -> Encoded.shortest(octets.get(), false);
                case SHORTEST -> Encoded.shortest(octets.get(), true);
            };
            if (!settled) {
                encoded.put(content, known);
            }
        }
        return known;
    }
}
