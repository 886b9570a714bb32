package dev.slipway.ignition.butane;

import dev.slipway.bytes.Bytes;
import java.util.List;

/**
 * The files that a Butane config may embed: {@code local}, {@code contents_local}, {@code ssh_authorized_keys_local} and {@code trees}.
 *
 * <p>Paths are relative, with forward slashes, and hold neither {@code .} nor {@code ..} ({@link LocalPath}); the empty path is the folder
 * itself. An implementation follows symbolic links to files as long as they stay inside, and never leaves its folder.
 */
public interface LocalFiles {

    /** For configs that come without files. */
    LocalFiles NONE = new LocalFiles() {
        @Override
        public Bytes read(String path) throws Unavailable {
            throw new Unavailable("there are no local files beside this config");
        }

        @Override
        public List<Entry> tree(String path) throws Unavailable {
            throw new Unavailable("there are no local files beside this config");
        }
    };

    /** Why something cannot be embedded; the sentence names no path outside of the folder. */
    final class Unavailable extends Exception {
        public Unavailable(String message) {
            super(message, null, false, false);
        }
    }

    /** @throws Unavailable if there is no such file, it is no regular file, is too large, or lies outside */
    Bytes read(String path) throws Unavailable;

    /**
     * A folder and everything below it, each folder before its entries, entries in lexical order.
     *
     * @throws Unavailable if it is no folder, lies outside, or holds too much
     */
    List<Entry> tree(String path) throws Unavailable;

    /** One node of a tree; its path is relative to the tree, that of the tree itself is empty. */
    sealed interface Entry {
        String path();

        record Folder(String path) implements Entry {}

        /** @param executable by anybody */
        record File(String path, boolean executable, Bytes contents) implements Entry {}

        /** A symbolic link, which is not followed. */
        record Link(String path, String target) implements Entry {}

        /** A device, socket or pipe. */
        record Other(String path) implements Entry {}
    }
}
