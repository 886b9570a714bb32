package dev.slipway.ignition.butane;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.bytes.Bytes;
import dev.slipway.ignition.butane.Assets.Encoding;
import dev.slipway.ignition.spec.ConfigPath;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Puts contents that a config holds itself, or has in a local file, to where Ignition looks for them. */
final class Contents {

    /** Stands for contents that are not known yet. */
    private static final String UNKNOWN = "data:,";

    private final Dialect dialect;
    private final Assets assets;
    private final Trail trail;
    private final SourceReport report;

    Contents(Dialect dialect, Assets assets, Trail trail, SourceReport report) {
        this.dialect = dialect;
        this.assets = assets;
        this.trail = trail;
        this.report = report;
    }

    /** What the fields {@code inline}, {@code local}, {@code contents_local} and {@code ssh_authorized_keys_local} of one object stand for. */
    void add(JsonNode source, ConfigPath from, ObjectNode target, ConfigPath to) {
        if (Given.is(source, "inline")) {
            inline(source, from.child("inline"), target, to);
        } else if (Given.is(source, "local")) {
            local(source, from.child("local"), target, to);
        }
        if (Given.isFilled(source, "contents_local")) {
            text(source.get("contents_local").asText(), from.child("contents_local")).ifPresent(text -> {
                target.put("contents", text);
                trail.put(to.child("contents"), from.child("contents_local"));
            });
        }
        if (Given.is(source, "ssh_authorized_keys_local")) {
            keys(source.get("ssh_authorized_keys_local"), from.child("ssh_authorized_keys_local"), target, to.child("sshAuthorizedKeys"));
        }
    }

    private void inline(JsonNode source, ConfigPath from, ObjectNode target, ConfigPath to) {
        Optional<String> text = Given.text(source, "inline");
        text.ifPresent(contents -> checkConfig(Bytes.owning(contents.getBytes(StandardCharsets.UTF_8)), from, to));
        write(target, to, from, encoding -> text.map(contents -> assets.inline(contents, encoding)).orElse(new Encoded(UNKNOWN, false)));
    }

    private void local(JsonNode source, ConfigPath from, ObjectNode target, ConfigPath to) {
        String path = source.get("local").asText();
        read(path, from).ifPresent(octets -> {
            checkConfig(octets, from, to);
            write(target, to, from, encoding -> assets.local(path, octets, encoding));
        });
    }

    /** Contents that are a config for Ignition must be a good one; as they are constant, once is enough. */
    private void checkConfig(Bytes octets, ConfigPath from, ConfigPath to) {
        if (!assets.isSettled() && to.toPointer().startsWith("/ignition/config/")) {
            ChildConfig.check(octets, from, report);
        }
    }

    private void write(ObjectNode target, ConfigPath to, ConfigPath from, Function<Encoding, Encoded> encoder) {
        boolean compressed = Given.isFilled(target, "compression");
        Encoded encoded = encoder.apply(!dialect.encodesShortest() ? Encoding.PERCENT : compressed ? Encoding.UNCOMPRESSED : Encoding.SHORTEST);
        target.put("source", encoded.source());
        trail.put(to.child("source"), from);
        if (dialect.encodesShortest() && !compressed) {
            target.put("compression", encoded.gzip() ? "gzip" : "");
            trail.put(to.child("compression"), from);
        }
    }

    /** After the listed ones; while these are not known, the files are only read. */
    private void keys(JsonNode files, ConfigPath from, ObjectNode target, ConfigPath to) {
        boolean known = !Given.isUnknown(target, "sshAuthorizedKeys");
        for (int i = 0; i < files.size(); i++) {
            ConfigPath file = from.child(i);
            Optional<String> text = files.get(i).isNull() ? Optional.empty() : text(files.get(i).asText(), file);
            text.filter(lines -> known).ifPresent(lines -> Stream.of(lines.split("\r?\n")).filter(line -> !line.isEmpty()).forEach(line -> {
                ArrayNode keys = target.withArray("/sshAuthorizedKeys");
                trail.put(to.child(keys.size()), file);
                keys.add(line);
            }));
        }
    }

    private Optional<String> text(String path, ConfigPath from) {
        try {
            Optional<Bytes> octets = read(path, from);
            return octets.isEmpty() ? Optional.empty()
                    : Optional.of(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets.get().toArray())).toString());
        } catch (CharacterCodingException e) {
            report.error("butane.local", from, "the local file is not valid UTF-8; save it as UTF-8");
            return Optional.empty();
        }
    }

    private Optional<Bytes> read(String path, ConfigPath from) {
        try {
            return Optional.of(assets.read(path));
        } catch (LocalFiles.Unavailable e) {
            report.error("butane.local", from, e.getMessage());
            return Optional.empty();
        }
    }
}
