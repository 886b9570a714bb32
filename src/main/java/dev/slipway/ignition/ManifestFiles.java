package dev.slipway.ignition;

import dev.slipway.bytes.Bytes;
import dev.slipway.fdo.serviceinfo.Content;
import dev.slipway.ignition.butane.LocalFiles;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The local files of a profile that is not in a folder. Symbolic links are followed within it, as a file system would; one that leads out is
 * nothing but a link.
 */
final class ManifestFiles implements LocalFiles {

    /** Octets of one file, and of all files of a tree; what they become has to fit into a config. */
    private static final int OCTETS = 4 << 20;

    /** Links that lead to each other. */
    private static final int LINKS = 40;

    private final ProfileContents contents;
    private final Map<String, ProfileManifest.Entry> entries = new TreeMap<>();

    ManifestFiles(ProfileContents contents) {
        this.contents = contents;
        contents.manifest().entries().stream()
                .filter(entry -> ProfileLayout.isLocal(entry.path()))
                .forEach(entry -> entries.put(inside(entry.path()), entry));
    }

    private static String inside(String path) {
        return path.substring(ProfileLayout.FILES.length() + 1);
    }

    /** The file that a path means, {@code files/…}, with all links followed; empty if it means none. */
    Optional<String> file(String path) {
        return resolve(inside(path))
                .filter(real -> entries.get(real) instanceof ProfileManifest.Entry.File)
                .map(real -> ProfileLayout.FILES + "/" + real);
    }

    @Override
    public Bytes read(String path) throws Unavailable {
        String real = existing(path);
        if (!(entries.get(real) instanceof ProfileManifest.Entry.File)) {
            throw new Unavailable("'" + path + "' among the local files is no file");
        }
        return contents(real, path, OCTETS);
    }

    private Bytes contents(String real, String path, int limit) throws Unavailable {
        Content content = contents.open(ProfileLayout.FILES + "/" + real);
        if (content.length() > limit) {
            throw new Unavailable("with '" + path + "' the local files have more than " + OCTETS + " octets; let devices fetch it by URL");
        }
        return content.read(0, (int) content.length());
    }

    @Override
    public List<Entry> tree(String path) throws Unavailable {
        String root = existing(path);
        if (!root.isEmpty() && !(entries.get(root) instanceof ProfileManifest.Entry.Folder)) {
            throw new Unavailable("'" + path + "' among the local files is no folder");
        }
        List<Entry> tree = new ArrayList<>();
        tree.add(new Entry.Folder(""));
        addChildren(root, "", tree, OCTETS);
        return tree;
    }

    /** @return octets that are left */
    private int addChildren(String folder, String path, List<Entry> tree, int octetsLeft) throws Unavailable {
        int left = octetsLeft;
        String prefix = folder.isEmpty() ? "" : folder + "/";
        for (Map.Entry<String, ProfileManifest.Entry> child : entries.entrySet()) {
            String at = child.getKey();
            if (!at.startsWith(prefix) || at.indexOf('/', prefix.length()) >= 0) {
                continue;
            }
            String childPath = (path.isEmpty() ? "" : path + "/") + at.substring(prefix.length());
            switch (child.getValue()) {
                case ProfileManifest.Entry.Link link -> tree.add(new Entry.Link(childPath, link.target()));
                case ProfileManifest.Entry.Folder below -> {
                    tree.add(new Entry.Folder(childPath));
                    left = addChildren(at, childPath, tree, left);
                }
                case ProfileManifest.Entry.File file -> {
                    tree.add(new Entry.File(childPath, file.executable(), contents(at, childPath, left)));
                    left -= (int) file.length();
                }
            }
        }
        return left;
    }

    private String existing(String path) throws Unavailable {
        return resolve(path)
                .filter(real -> real.isEmpty() || entries.containsKey(real))
                .orElseThrow(() -> new Unavailable("there is no '" + path + "' among the local files"));
    }

    /** Empty if it leads out, or round in circles. */
    private Optional<String> resolve(String path) {
        Deque<String> left = new ArrayDeque<>(segments(path));
        List<String> real = new ArrayList<>();
        int links = 0;
        while (!left.isEmpty()) {
            String segment = left.removeFirst();
            if (segment.equals("..")) {
                if (real.isEmpty()) {
                    return Optional.empty();
                }
                real.removeLast();
                continue;
            }
            real.add(segment);
            if (entries.get(String.join("/", real)) instanceof ProfileManifest.Entry.Link link) {
                if (++links > LINKS || link.target().startsWith("/")) {
                    return Optional.empty();
                }
                real.removeLast();
                segments(link.target()).reversed().forEach(left::addFirst);
            }
        }
        return Optional.of(String.join("/", real));
    }

    private static List<String> segments(String path) {
        return Arrays.stream(path.split("/")).filter(segment -> !segment.isEmpty() && !segment.equals(".")).toList();
    }
}
