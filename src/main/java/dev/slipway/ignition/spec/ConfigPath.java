package dev.slipway.ignition.spec;

/**
 * A place in a config, written as Ignition writes it: {@code $.storage.files.0.mode}.
 *
 * <p>Built while walking down, and turned into text only for the few places that are reported.
 */
public final class ConfigPath {

    public static final ConfigPath ROOT = new ConfigPath(null, null, -1);

    private final ConfigPath parent;
    private final String key;
    private final int index;

    private ConfigPath(ConfigPath parent, String key, int index) {
        this.parent = parent;
        this.key = key;
        this.index = index;
    }

    public ConfigPath child(String name) {
        return new ConfigPath(this, name, -1);
    }

    public ConfigPath child(int position) {
        return new ConfigPath(this, null, position);
    }

    public boolean isRoot() {
        return parent == null;
    }

    /** The place of the object or list that this one is in. */
    public ConfigPath parent() {
        if (isRoot()) {
            throw new IllegalStateException("the document is in nothing");
        }
        return parent;
    }

    /** The place that a JSON pointer means. @see "RFC 6901" */
    static ConfigPath ofPointer(String pointer) {
        ConfigPath path = ROOT;
        for (String step : pointer.isEmpty() ? new String[0] : pointer.substring(1).split("/", -1)) {
            path = path.child(step.replace("~1", "/").replace("~0", "~"));
        }
        return path;
    }

    /** The same place as a JSON pointer: {@code /storage/files/0/mode}. @see "RFC 6901" */
    public String toPointer() {
        return isRoot() ? "" : parent.toPointer() + "/" + lastStep().replace("~", "~0").replace("/", "~1");
    }

    private String lastStep() {
        return key == null ? Integer.toString(index) : key;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ConfigPath path && toPointer().equals(path.toPointer());
    }

    @Override
    public int hashCode() {
        return toPointer().hashCode();
    }

    @Override
    public String toString() {
        return isRoot() ? "$" : parent + "." + lastStep();
    }
}
