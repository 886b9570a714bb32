package dev.slipway.ignition;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.bytes.SecretBytes;
import dev.slipway.ignition.spec.ConfigPath;
import dev.slipway.ignition.spec.ConfigValidator;
import dev.slipway.ignition.spec.Layer;
import dev.slipway.ignition.spec.Merge;
import dev.slipway.ignition.spec.Merged;
import dev.slipway.ignition.spec.Origin;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Several profiles rendered for one device, and merged by Ignition's rules. Each must be valid by itself, and so must the result. */
final class MergedProfiles {

    private static final String NAME = "merged config";
    private static final String FILES = "/storage/files";
    private static final String SOURCE = "source";
    private static final String APPEND = "append";
    private static final int OTHERS = 07;

    private MergedProfiles() {}

    /** @param layers lowest first */
    static RenderedConfig render(List<DeviceConfig.Layer> layers, DeviceFacts device, TicketFacts ticket) {
        Merged merged = merge(layers, layer -> layer.profile().tree(device, layer.parameters(), ticket));
        return new RenderedConfig(SecretBytes.owning(Json.write(merged.config())), ConfigValidator.versionOf(merged.config()).orElseThrow());
    }

    /** The same for people, without a ticket. */
    static ReadableConfig renderReadable(List<DeviceConfig.Layer> layers, DeviceFacts device) {
        Merged merged = merge(layers, layer -> layer.profile().tree(device, layer.parameters(), TicketFacts.NONE));
        Merged masked = Merge.of(named(layers, layer -> layer.profile().maskedTree(device, layer.parameters())));
        return new ReadableConfig(merged.config(), masked.config());
    }

    /** The same, and where each value comes from: files begin with the name of their profile. */
    static ConfigPreview preview(List<DeviceConfig.Layer> layers, DeviceFacts device) {
        Merged merged = merge(layers, layer -> layer.profile().tree(device, layer.parameters(), TicketFacts.NONE));
        Map<String, Map<String, ValueOrigin>> byLayer = new HashMap<>();
        for (DeviceConfig.Layer layer : layers) {
            Map<String, ValueOrigin> byPointer = new HashMap<>();
            layer.profile().preview(device, layer.parameters()).origins().forEach(origin -> byPointer.put(origin.pointer(), origin));
            byLayer.put(layer.profile().name(), byPointer);
        }
        List<ValueOrigin> origins = new ArrayList<>();
        collect(merged.config(), ConfigPath.ROOT, path -> merged.origin(path)
                .flatMap(origin -> Optional.ofNullable(byLayer.get(origin.layer()).get(origin.path().toPointer()))
                        .map(value -> new ValueOrigin(path.toPointer(), origin.layer() + "/" + value.file(), value.position(), value.names())))
                .ifPresent(origins::add));
        return new ConfigPreview(renderReadable(layers, device), origins);
    }

    private static void collect(JsonNode node, ConfigPath path, Consumer<ConfigPath> values) {
        node.properties().forEach(field -> collect(field.getValue(), path.child(field.getKey()), values));
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            collect(node.get(i), path.child(i), values);
        }
        if (node.isValueNode()) {
            values.accept(path);
        }
    }

    private static List<Layer> named(List<DeviceConfig.Layer> layers, Function<DeviceConfig.Layer, JsonNode> rendering) {
        return layers.stream().map(layer -> new Layer(layer.profile().name(), rendering.apply(layer))).toList();
    }

    private static Merged merge(List<DeviceConfig.Layer> layers, Function<DeviceConfig.Layer, JsonNode> rendering) {
        List<Layer> configs = named(layers, rendering);
        Merged merged = Merge.of(configs);
        Report report = new Report();
        report.addAll(Report.located(NAME, ConfigValidator.check(merged.config())));
        requireThatPrivateFilesStayPrivate(configs, merged, report);
        report.throwIfFailed();
        return merged;
    }

    /**
     * Stops one profile from opening a file to everybody that another profile fills with a secret: what a layer writes into a file that
     * others cannot read lands in no file that they can.
     */
    private static void requireThatPrivateFilesStayPrivate(List<Layer> configs, Merged merged, Report report) {
        Map<String, JsonNode> byName = new HashMap<>();
        configs.forEach(layer -> byName.put(layer.name(), layer.config()));
        JsonNode files = merged.config().at(FILES);
        for (int i = 0; i < files.size(); i++) {
            ConfigPath at = ConfigPath.ROOT.child("storage").child("files").child(i);
            JsonNode file = files.get(i);
            if (isPrivate(file)) {
                continue;
            }
            boolean opened = contents(file, at).stream()
                    .flatMap(place -> merged.origin(place).stream())
                    .anyMatch(origin -> isPrivate(fileOf(origin, byName.get(origin.layer()))));
            if (opened) {
                report.error("profile.opened-file", NAME + "#" + at.toPointer(),
                        "one profile fills this file for root only, and another lets everybody read it; give it the same mode in both");
            }
        }
    }

    private static List<ConfigPath> contents(JsonNode file, ConfigPath at) {
        List<ConfigPath> places = new ArrayList<>();
        if (file.path("contents").has(SOURCE)) {
            places.add(at.child("contents").child(SOURCE));
        }
        for (int i = 0; i < file.path(APPEND).size(); i++) {
            if (file.path(APPEND).get(i).has(SOURCE)) {
                places.add(at.child(APPEND).child(i).child(SOURCE));
            }
        }
        return places;
    }

    /** The entry of {@code storage.files} that a place of a layer is in. */
    private static JsonNode fileOf(Origin origin, JsonNode config) {
        String index = origin.path().toPointer().split("/")[3];
        return config.at(FILES + "/" + index);
    }

    private static boolean isPrivate(JsonNode file) {
        Optional<Integer> mode = Optional.of(file.path("mode")).filter(JsonNode::isIntegralNumber).map(JsonNode::intValue);
        return mode.filter(m -> (m & OTHERS) == 0).isPresent();
    }
}
