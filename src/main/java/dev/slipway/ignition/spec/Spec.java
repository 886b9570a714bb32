package dev.slipway.ignition.spec;

import static dev.slipway.ignition.spec.IgnitionVersion.V3_1_0;
import static dev.slipway.ignition.spec.IgnitionVersion.V3_2_0;
import static dev.slipway.ignition.spec.IgnitionVersion.V3_3_0;
import static dev.slipway.ignition.spec.IgnitionVersion.V3_4_0;
import static dev.slipway.ignition.spec.IgnitionVersion.V3_5_0;
import static dev.slipway.ignition.spec.IgnitionVersion.V3_6_0;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * The table: every object of every version, with its fields, their types, the version that brought them, and what is checked of it.
 * {@link #CONFIG} is the document; the objects it is made of stand above it.
 *
 * <p>A list is keyed by its entries' key (duplicates are errors, layers merge entry by entry) unless it is {@link #exempt}.
 *
 * @see "Ignition, Configuration Specification v3.0.0 to v3.6.0"
 */
public final class Spec {

    private static final ObjectType VERIFICATION = ObjectType.of("a verification", text("hash")).rules(ResourceRules::verification);

    private static final ObjectType HTTP_HEADER = ObjectType.of("an HTTP header", text("name"), text("value"))
            .keyedBy("name").withdrawnWithout("value").rules(ResourceRules::header);

    /** Contents of a file or of a key file. */
    private static final ObjectType RESOURCE = ObjectType.of("a resource",
            text("source"),
            text("compression"),
            list("httpHeaders", HTTP_HEADER).since(V3_1_0),
            object("verification", VERIFICATION))
            .rules(ResourceRules::resource).advice(Advice::source);

    /** Another config, or certificates; in 3.0.0 a type of its own. */
    private static final ObjectType REFERENCE = ObjectType.of("a reference",
            text("source"),
            text("compression").since(V3_1_0),
            list("httpHeaders", HTTP_HEADER).since(V3_1_0),
            object("verification", VERIFICATION))
            .keyedBy("source").rules(ResourceRules::reference).advice(Advice::source);

    private static final ObjectType IGNITION_CONFIG = ObjectType.of("references to other configs",
            list("merge", REFERENCE),
            object("replace", REFERENCE))
            .rules(ResourceRules::merge);

    private static final ObjectType TIMEOUTS = ObjectType.of("time limits", whole("httpResponseHeaders"), whole("httpTotal"))
            .advice(Advice::timeouts);

    private static final ObjectType TLS = ObjectType.of("TLS settings", list("certificateAuthorities", REFERENCE))
            .rules(ResourceRules::certificateAuthorities).advice(Advice::certificates);

    private static final ObjectType SECURITY = ObjectType.of("security settings", object("tls", TLS));

    private static final ObjectType PROXY = ObjectType.of("proxy settings", text("httpProxy"), text("httpsProxy"), texts("noProxy"))
            .rules(ResourceRules::proxy);

    private static final ObjectType IGNITION = ObjectType.of("the ignition section",
            text("version"),
            object("config", IGNITION_CONFIG),
            object("timeouts", TIMEOUTS),
            object("security", SECURITY),
            object("proxy", PROXY).since(V3_1_0));

    private static final ObjectType PARTITION = ObjectType.of("a partition",
            text("label"),
            whole("number"),
            whole("sizeMiB"),
            whole("startMiB"),
            text("typeGuid"),
            text("guid"),
            flag("wipePartitionEntry"),
            flag("shouldExist"),
            flag("resize").since(V3_2_0))
            .keyedBy(Spec::partitionKey, "number", "label").rules(DiskRules::partition);

    private static final ObjectType DISK = ObjectType.of("a disk",
            text("device"),
            flag("wipeTable"),
            list("partitions", PARTITION))
            .keyedBy("device").rules(DiskRules::disk);

    private static final ObjectType RAID = ObjectType.of("a RAID array",
            text("name"),
            text("level"),
            texts("devices"),
            whole("spares"),
            exempt(texts("options")))
            .keyedBy("name").rules(VolumeRules::raid).advice(Advice::named);

    private static final ObjectType FILESYSTEM = ObjectType.of("a filesystem",
            text("path"),
            text("device"),
            text("format"),
            flag("wipeFilesystem"),
            text("label"),
            text("uuid"),
            exempt(texts("options")),
            exempt(texts("mountOptions")).since(V3_1_0))
            .keyedBy("device").rules(VolumeRules::filesystem);

    private static final ObjectType OWNER = ObjectType.of("a user or group", whole("id"), text("name")).rules(NodeRules::owner);

    private static final ObjectType FILE = ObjectType.of("a file",
            text("path"),
            flag("overwrite"),
            object("contents", RESOURCE),
            exempt(list("append", RESOURCE)),
            whole("mode").changed(V3_6_0, NodeRules::withoutSpecialBits),
            object("user", OWNER),
            object("group", OWNER))
            .keyedBy("path").rules(NodeRules::path, NodeRules::mode, NodeRules::overwrite);

    private static final ObjectType DIRECTORY = ObjectType.of("a directory",
            text("path"),
            flag("overwrite"),
            whole("mode").changed(V3_6_0, NodeRules::withoutSpecialBits),
            object("user", OWNER),
            object("group", OWNER))
            .keyedBy("path").rules(NodeRules::path, NodeRules::mode);

    private static final ObjectType LINK = ObjectType.of("a link",
            text("path"),
            flag("overwrite"),
            object("user", OWNER),
            object("group", OWNER),
            text("target"),
            flag("hard"))
            .keyedBy("path").rules(NodeRules::path);

    private static final ObjectType TANG = ObjectType.of("a Tang server",
            text("url"),
            text("thumbprint"),
            text("advertisement").since(V3_4_0))
            .keyedBy("url").rules(VolumeRules::tang);

    private static final ObjectType CLEVIS_CUSTOM = ObjectType.of("a custom Clevis config",
            text("pin"), text("config"), flag("needsNetwork"))
            .rules(VolumeRules::clevisCustom);

    private static final ObjectType CLEVIS = ObjectType.of("a Clevis config",
            flag("tpm2"),
            list("tang", TANG),
            whole("threshold"),
            object("custom", CLEVIS_CUSTOM));

    private static final ObjectType CEX = ObjectType.of("Crypto Express settings", flag("enabled"));

    private static final ObjectType LUKS = ObjectType.of("a LUKS device",
            text("name"),
            text("device"),
            object("keyFile", RESOURCE),
            text("label"),
            text("uuid"),
            exempt(texts("options")),
            flag("wipeVolume"),
            object("clevis", CLEVIS),
            object("cex", CEX).since(V3_5_0),
            flag("discard").since(V3_4_0),
            texts("openOptions").since(V3_4_0))
            .keyedBy("name").rules(VolumeRules::luks).advice(Advice::named);

    private static final ObjectType STORAGE = ObjectType.of("the storage section",
            list("disks", DISK),
            list("raid", RAID),
            list("filesystems", FILESYSTEM),
            sharing("nodes", list("directories", DIRECTORY)),
            sharing("nodes", list("files", FILE)),
            sharing("nodes", list("links", LINK)),
            list("luks", LUKS).since(V3_2_0))
            .rules(NodeRules::linksInPaths, NodeRules::links, DiskRules::filesystemsOnDisks);

    private static final ObjectType DROPIN = ObjectType.of("a drop-in", text("name"), text("contents"))
            .keyedBy("name").rules(UnitRules::dropin);

    private static final ObjectType UNIT = ObjectType.of("a unit",
            text("name"),
            flag("enabled"),
            flag("mask"),
            text("contents"),
            list("dropins", DROPIN))
            .keyedBy("name").rules(UnitRules::unit).advice(Advice::unitOfTheSystem);

    private static final ObjectType SYSTEMD = ObjectType.of("the systemd section", list("units", UNIT)).rules(UnitRules::instances);

    private static final ObjectType USER = ObjectType.of("a user",
            text("name"),
            text("passwordHash"),
            texts("sshAuthorizedKeys"),
            whole("uid"),
            text("gecos"),
            text("homeDir"),
            flag("noCreateHome"),
            text("primaryGroup"),
            texts("groups"),
            flag("noUserGroup"),
            flag("noLogInit"),
            text("shell"),
            flag("shouldExist").since(V3_2_0),
            flag("system"))
            .keyedBy("name").advice(Advice::account, Advice::sshKeys);

    private static final ObjectType GROUP = ObjectType.of("a group",
            text("name"),
            whole("gid"),
            text("passwordHash"),
            flag("shouldExist").since(V3_2_0),
            flag("system"))
            .keyedBy("name").advice(Advice::account);

    private static final ObjectType PASSWD = ObjectType.of("the passwd section", list("users", USER), list("groups", GROUP));

    private static final ObjectType KERNEL_ARGUMENTS = ObjectType.of("kernel arguments",
            sharing("arguments", texts("shouldExist")),
            sharing("arguments", texts("shouldNotExist")));

    /** The whole document. */
    public static final ObjectType CONFIG = ObjectType.of("a config",
            object("ignition", IGNITION),
            object("storage", STORAGE),
            object("systemd", SYSTEMD),
            object("passwd", PASSWD),
            object("kernelArguments", KERNEL_ARGUMENTS).since(V3_3_0))
            .rules(NodeRules::unitPaths);

    private Spec() {}

    /** By number, or by label where the number is left to Ignition. */
    private static String partitionKey(JsonNode partition) {
        long number = partition.path("number").asLong();
        if (number != 0) {
            return "number:" + number;
        }
        return partition.hasNonNull("label") ? "label:" + partition.get("label").asText() : "";
    }

    private static Field text(String name) {
        return Field.of(name, FieldType.Scalar.TEXT);
    }

    private static Field whole(String name) {
        return Field.of(name, FieldType.Scalar.WHOLE);
    }

    private static Field flag(String name) {
        return Field.of(name, FieldType.Scalar.FLAG);
    }

    private static Field object(String name, ObjectType type) {
        return Field.of(name, type);
    }

    private static Field list(String name, FieldType item) {
        return Field.of(name, new ListType(item, Optional.of(name)));
    }

    private static Field texts(String name) {
        return list(name, FieldType.Scalar.TEXT);
    }

    private static Field exempt(Field list) {
        return list.with(new ListType(((ListType) list.type()).item(), Optional.empty()));
    }

    private static Field sharing(String keySpace, Field list) {
        return list.with(new ListType(((ListType) list.type()).item(), Optional.of(keySpace)));
    }
}
