package dev.slipway.ignition.spec;

import static dev.slipway.ignition.spec.IgnitionVersion.V3_1_0;
import static dev.slipway.ignition.spec.IgnitionVersion.V3_2_0;
import static dev.slipway.ignition.spec.IgnitionVersion.V3_4_0;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is fetched: contents of files, other configs, certificates; and proxies. */
final class ResourceRules {

    /** Scheme and the first version that fetches from it. */
    private static final Map<String, IgnitionVersion> SCHEMES = Map.of(
            "http", IgnitionVersion.V3_0_0, "https", IgnitionVersion.V3_0_0, "tftp", IgnitionVersion.V3_0_0, "s3", IgnitionVersion.V3_0_0,
            "data", IgnitionVersion.V3_0_0, "gs", V3_2_0, "arn", V3_4_0);

    private static final Set<String> HTTP = Set.of("http", "https");

    /** Hash function and the hex digits of its value. */
    private static final Map<String, Integer> HASHES = Map.of("sha512", 128, "sha256", 64);

    private static final String MISSING_SOURCE = "ignition.source-missing";
    private static final String URL = "ignition.url";

    /** Why a source cannot be used, with the id of the check. */
    record Complaint(String id, String message) {}

    private ResourceRules() {}

    static void resource(Subject resource) {
        if (resource.filled("compression").filter(method -> !method.equals("gzip")).isPresent()) {
            resource.error("compression", "ignition.compression", "this compression is not known; write gzip, or leave it out");
        }
        if (resource.object("verification").gives("hash") && !resource.gives("source")) {
            resource.object("verification").error("hash", MISSING_SOURCE, "there is nothing to verify; add a source or leave the hash out");
        }
        source(resource);
        headers(resource);
    }

    /** Version 3.0.0 looks at nothing but the source. */
    static void reference(Subject reference) {
        if (reference.isFrom(V3_1_0)) {
            resource(reference);
        } else {
            source(reference);
        }
    }

    private static void source(Subject resource) {
        resource.filled("source").flatMap(source -> complaint(source, resource.version()))
                .ifPresent(complaint -> resource.error("source", complaint.id, complaint.message));
    }

    private static void headers(Subject resource) {
        if (resource.objects("httpHeaders").isEmpty()) {
            return;
        }
        if (resource.lacks("source")) {
            resource.error("httpHeaders", MISSING_SOURCE, "headers need a source that starts with http:// or https://");
        } else if (resource.text("source").filter(source -> !HTTP.contains(scheme(source))).isPresent()) {
            resource.error("httpHeaders", "ignition.headers-without-http", "headers are sent to a source that starts with http:// or https:// only");
        }
    }

    static void header(Subject header) {
        if (header.lacks("name")) {
            header.error("name", "ignition.header-name", "an HTTP header needs a name");
        }
        if (header.text("value").filter(String::isEmpty).isPresent()) {
            header.error("value", "ignition.header-value", "the value of an HTTP header must not be empty");
        }
        if (!header.gives("value")) {
            header.advice("value", "ignition.header-value",
                    "a header without value takes one away from the layer below; where it remains, Ignition cannot fetch");
        }
    }

    static void verification(Subject verification) {
        verification.text("hash").ifPresent(hash -> hash(verification, hash));
    }

    private static void hash(Subject verification, String hash) {
        int dash = hash.indexOf('-');
        String function = hash.substring(0, Math.max(dash, 0));
        String sum = hash.substring(dash + 1);
        if (!HASHES.containsKey(function) || function.equals("sha256") && !verification.isFrom(V3_1_0)) {
            verification.error("hash", "ignition.hash-function", "this is no hash that can be verified; write sha512- and 128 hex digits"
                    + (verification.isFrom(V3_1_0) ? ", or sha256- and 64" : ""));
        } else if (Rules.octets(sum) != HASHES.get(function)) {
            verification.error("hash", "ignition.hash-length", "after " + function + "- there must be " + HASHES.get(function) + " hex digits");
        } else if (!Rules.isHex(sum)) {
            verification.advice("hash", "ignition.hash-hex", "the hash holds characters that are no hex digits, so nothing can have it");
        } else if (!sum.equals(sum.toLowerCase(Locale.ROOT))) {
            verification.advice("hash", "ignition.hash-hex", "write the hex digits in lower case; Ignition compares the hash of a config as text");
        }
    }

    /** Where a reference is of no use without a source; from 3.1.0 the whole entry is complained of, too. */
    static void requiredSources(Subject owner, String list) {
        for (Subject reference : owner.objects(list)) {
            if (!reference.isFrom(V3_1_0) || reference.isUnknown("source")) {
                continue;
            }
            if (reference.lacks("source")) {
                reference.error(MISSING_SOURCE, "a source is required here; write the URL to fetch from");
            } else if (complaint(reference.text("source").orElseThrow(), reference.version()).isPresent()) {
                reference.error(URL, "the source cannot be used; see there");
            }
        }
    }

    static void merge(Subject config) {
        requiredSources(config, "merge");
    }

    /** In 3.0.0 certificates need a source, while other configs do not. */
    static void certificateAuthorities(Subject tls) {
        requiredSources(tls, "certificateAuthorities");
        for (Subject authority : tls.objects("certificateAuthorities")) {
            if (!authority.isFrom(V3_1_0) && authority.lacks("source")) {
                authority.error("source", MISSING_SOURCE, "a source is required here; write the URL to fetch from");
            }
        }
    }

    static void proxy(Subject proxy) {
        proxy(proxy, "httpProxy");
        proxy(proxy, "httpsProxy");
        if (proxy.text("httpsProxy").map(ResourceRules::scheme).filter("http"::equals).isPresent()) {
            proxy.warning("httpsProxy", "ignition.proxy-insecure", "the proxy is asked over plain HTTP; write an https:// URL if it has one");
        }
    }

    private static void proxy(Subject proxy, String field) {
        if (proxy.text(field).map(ResourceRules::scheme).filter(scheme -> !HTTP.contains(scheme)).isPresent()) {
            proxy.error(field, URL, "the URL of a proxy starts with http:// or https://");
        }
    }

    /** Lower case; empty where there is none or the URL cannot be read. */
    private static String scheme(String url) {
        return SourceUrl.parse(url).map(SourceUrl::scheme).orElse("");
    }

    /** Why Ignition cannot fetch from {@code source}, which is not empty. */
    static Optional<Complaint> complaint(String source, IgnitionVersion version) {
        Optional<SourceUrl> parsed = SourceUrl.parse(source);
        if (parsed.isEmpty()) {
            return Optional.of(new Complaint(URL, "this is not a URL; percent-encode what is no letter or digit, and check host and port"));
        }
        SourceUrl url = parsed.get();
        IgnitionVersion since = SCHEMES.get(url.scheme());
        if (since == null) {
            return Optional.of(new Complaint("ignition.url-scheme", "Ignition cannot fetch from here; a URL starts with https:, http:, data:, tftp:,"
                    + " s3:, gs: or arn:"));
        }
        if (version.isBefore(since)) {
            return Optional.of(new Complaint("ignition.url-scheme",
                    url.scheme() + ": URLs came with version " + since.text() + "; raise ignition.version or fetch from elsewhere"));
        }
        return switch (url.scheme()) {
            case "data" -> data(source);
            case "arn" -> objectName(url);
            case "s3" -> objectVersion(url);
            default -> Optional.empty();
        };
    }

    private static Optional<Complaint> data(String source) {
        try {
            DataUrl.decode(source);
            return Optional.empty();
        } catch (DataUrl.Undecodable e) {
            return Optional.of(new Complaint("ignition.data-url", "this data URL cannot be decoded: " + e.getMessage()));
        }
    }

    /** arn:partition:s3:region:account:bucket/key, or …:accesspoint/name/object/key. */
    private static Optional<Complaint> objectName(SourceUrl url) {
        String[] sections = ("arn:" + url.opaque()).split(":", 6);
        int slashes = (int) url.opaque().chars().filter(c -> c == '/').count();
        boolean good = sections.length == 6 && sections[2].equals("s3") && slashes >= (sections[5].startsWith("accesspoint/") ? 2 : 1);
        return good ? objectVersion(url)
                : Optional.of(new Complaint("ignition.arn", "this ARN names no S3 object; write arn:aws:s3:::bucket/key, or one of an access point"));
    }

    private static Optional<Complaint> objectVersion(SourceUrl url) {
        return url.parameter("versionId").filter(String::isEmpty)
                .map(empty -> new Complaint("ignition.s3-version", "versionId is empty; name a version or leave it out"));
    }
}
