package dev.slipway.ignition.butane;

import dev.slipway.ignition.butane.Shape.Field;
import dev.slipway.ignition.butane.Shape.Items;
import dev.slipway.ignition.butane.Shape.Section;
import dev.slipway.ignition.butane.Shape.Value;
import dev.slipway.ignition.spec.FieldType;
import dev.slipway.ignition.spec.ListType;
import dev.slipway.ignition.spec.ObjectType;
import dev.slipway.ignition.spec.Spec;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The fields of a Butane config: those of the Ignition version it becomes, in Butane's spelling, and what Butane adds.
 *
 * @see "Butane, Specifications"
 */
final class Schema {

    private static final Field TEXT = own(new Value(FieldType.Scalar.TEXT));
    private static final Field WHOLE = own(new Value(FieldType.Scalar.WHOLE));
    private static final Field FLAG = own(new Value(FieldType.Scalar.FLAG));
    private static final Field TEXTS = own(new Items(TEXT.shape()));

    private final Dialect dialect;

    private Schema(Dialect dialect) {
        this.dialect = dialect;
    }

    static Section of(Dialect dialect) {
        return new Schema(dialect).section(Spec.CONFIG, "");
    }

    private static Field own(Shape shape) {
        return new Field(Optional.empty(), shape);
    }

    /** @param path where in Ignition, with {@code *} for any index */
    private Section section(ObjectType type, String path) {
        Map<String, Field> fields = new LinkedHashMap<>();
        type.fields().stream().filter(field -> field.isIn(dialect.target())).forEach(field ->
                fields.put(Names.toButane(field.name()), new Field(Optional.of(field.name()), shape(field.type(), path + "/" + field.name()))));
        if (path.equals("/ignition")) {
            fields.remove("version");
        }
        if (fields.containsKey("source")) {
            fields.putAll(resource(path));
        }
        fields.putAll(additions(path, fields));
        return new Section(fields);
    }

    private Shape shape(FieldType type, String path) {
        return switch (type) {
            case FieldType.Scalar scalar -> new Value(scalar);
            case ListType list -> new Items(shape(list.item(), path + "/*"));
            case ObjectType object -> section(object, path);
        };
    }

    private Map<String, Field> resource(String path) {
        if (dialect.encodesShortest()) {
            return Map.of("inline", TEXT, "local", TEXT);
        }
        return path.startsWith("/storage/files/") ? Map.of("inline", TEXT) : Map.of();
    }

    private Map<String, Field> additions(String path, Map<String, Field> fields) {
        return switch (path) {
            case "" -> top(fields);
            case "/storage" -> dialect.hasTrees() ? Map.of("trees", own(new Items(tree()))) : Map.of();
            case "/storage/filesystems/*" -> dialect.hasMountUnits() ? Map.of("with_mount_unit", FLAG) : Map.of();
            case "/systemd/units/*", "/systemd/units/*/dropins/*" -> dialect.hasLocalTexts() ? Map.of("contents_local", TEXT) : Map.of();
            case "/passwd/users/*" -> dialect.hasLocalTexts() ? Map.of("ssh_authorized_keys_local", TEXTS) : Map.of();
            default -> Map.of();
        };
    }

    private Map<String, Field> top(Map<String, Field> fields) {
        Map<String, Field> more = new LinkedHashMap<>();
        more.put("variant", TEXT);
        more.put("version", TEXT);
        if (dialect.hasBootDevice()) {
            more.put("boot_device", own(bootDevice(new Section(fields).at("storage", "luks", "clevis"))));
        }
        if (dialect.hasGrubUsers()) {
            more.put("grub", own(new Section(Map.of("users", own(new Items(new Section(Map.of("name", TEXT, "password_hash", TEXT))))))));
        }
        return more;
    }

    private Section bootDevice(Section clevis) {
        Map<String, Field> luks = new LinkedHashMap<>(clevis.fields());
        luks.remove("custom");
        if (dialect.hasBootDiscard()) {
            luks.put("discard", FLAG);
        }
        if (dialect.hasIbmZ()) {
            luks.put("cex", own(new Section(Map.of("enabled", new Field(Optional.of("enabled"), FLAG.shape())))));
            luks.put("device", TEXT);
        }
        return new Section(Map.of(
                "layout", TEXT,
                "luks", own(new Section(luks)),
                "mirror", own(new Section(Map.of("devices", TEXTS)))));
    }

    private Section tree() {
        Map<String, Field> fields = new LinkedHashMap<>();
        fields.put("local", TEXT);
        fields.put("path", TEXT);
        if (dialect.hasTreeOwners()) {
            Field owner = own(new Section(Map.of("id", WHOLE, "name", TEXT)));
            fields.put("user", owner);
            fields.put("group", owner);
            fields.put("file_mode", WHOLE);
            fields.put("dir_mode", WHOLE);
        }
        return new Section(fields);
    }
}
