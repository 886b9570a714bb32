package dev.slipway.ignition;

import dev.slipway.bytes.Bytes;
import dev.slipway.fdo.type.HashType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that a profile consists of, without the contents: documents, local files and samples.
 *
 * @param entries by path
 */
public record ProfileManifest(List<Entry> entries) {

    /** One node; its path is relative to the profile and fits {@link ProfileLayout}. */
    public sealed interface Entry {

        String path();

        /** What stands for it in the hash of the profile. */
        String line();

        /** @param executable by anybody; counts below {@code files/} only, where it becomes a mode on the device */
        record File(String path, boolean executable, long length, Bytes sha256) implements Entry {
            @Override
            public String line() {
                return "file " + (executable ? "x " : "- ") + length + " " + sha256.toHex() + " " + path;
            }
        }

        /** A symbolic link below {@code files/}; it may become one on the device, and so may point anywhere. */
        record Link(String path, String target) implements Entry {
            @Override
            public String line() {
                return "link " + hash(target.getBytes(StandardCharsets.UTF_8)).toHex() + " " + path;
            }
        }

        record Folder(String path) implements Entry {
            @Override
            public String line() {
                return "folder " + path;
            }
        }
    }

    /** @throws IllegalArgumentException if two entries have the same path */
    public ProfileManifest {
        entries = entries.stream().sorted(Comparator.comparing(Entry::path)).toList();
        if (entries.stream().map(Entry::path).distinct().count() != entries.size()) {
            throw new IllegalArgumentException("two entries of a profile have the same path");
        }
    }

    /** Of a profile that has nothing but these documents. */
    static ProfileManifest of(Map<String, Bytes> documents) {
        return new ProfileManifest(documents.entrySet().stream()
                .map(document -> (Entry) file(document.getKey(), document.getValue()))
                .toList());
    }

    /** The entry of a document or sample. */
    public static Entry.File file(String path, Bytes contents) {
        return new Entry.File(path, false, contents.length(), HashType.SHA256.hash(contents).value());
    }

    private static Bytes hash(byte[] octets) {
        return HashType.SHA256.hash(Bytes.owning(octets)).value();
    }

    public Optional<Entry> find(String path) {
        return entries.stream().filter(entry -> entry.path().equals(path)).findFirst();
    }

    /** Another one as soon as anything is added, removed or changed: SHA-256 over a line for each entry. Paths hold no line ends. */
    public Bytes sha256() {
        MessageDigest digest = HashType.SHA256.newDigest();
        entries.forEach(entry -> digest.update((entry.line() + "\n").getBytes(StandardCharsets.UTF_8)));
        return Bytes.owning(digest.digest());
    }
}
