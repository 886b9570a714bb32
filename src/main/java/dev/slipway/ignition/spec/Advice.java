package dev.slipway.ignition.spec;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What Ignition does not look at before it is too late: each of these passes its validation and then fails on the device, or opens it to
 * others. Warnings, because a device may know better.
 */
final class Advice {

    /** More than a live image can carry, and more than some platforms take as user data. */
    static final int LARGE = 256 << 10;

    /** What useradd takes on the distributions that use Ignition. */
    private static final Pattern ACCOUNT = Pattern.compile("(?![0-9]+$)(?!\\.{1,2}$)[A-Za-z0-9_.][A-Za-z0-9_.-]{0,30}\\$?");

    /** A hash by crypt(5), or a mark that locks the password. */
    private static final Pattern PASSWORD_HASH = Pattern.compile("\\$[0-9a-z]+\\$.{8,}|[!*].*");

    private static final Set<String> KEY_TYPES = Set.of("ssh-ed25519", "ssh-rsa", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384",
            "ecdsa-sha2-nistp521", "sk-ssh-ed25519@openssh.com", "sk-ecdsa-sha2-nistp256@openssh.com");
    private static final String KEY_CERTIFICATE = "-cert-v01@openssh.com";
    private static final Pattern BLANKS = Pattern.compile("\\s+");

    private static final Set<String> WITH_HOST = Set.of("http", "https", "tftp", "s3", "gs");
    private static final Set<String> UNPROTECTED = Set.of("http", "tftp");

    private Advice() {}

    static void named(Subject subject) {
        if (subject.lacks("name")) {
            subject.advice("name", "ignition.name-missing", "a name is required here, although Ignition only finds out on the device");
        }
    }

    static void account(Subject account) {
        named(account);
        if (account.filled("name").filter(name -> !ACCOUNT.matcher(name).matches()).isPresent()) {
            account.advice("name", "ignition.account-name", "most systems refuse this name; write up to 32 of the characters a-z, 0-9, _, . and -");
        }
        if (account.filled("passwordHash").filter(hash -> !PASSWORD_HASH.matcher(hash).matches()).isPresent()) {
            account.advice("passwordHash", "ignition.password-hash",
                    "this is no password hash, so nobody can log in with it; make one, say with: mkpasswd --method=yescrypt");
        }
    }

    static void sshKeys(Subject user) {
        JsonNode keys = user.node().path("sshAuthorizedKeys");
        for (int i = 0; i < keys.size(); i++) {
            String key = keys.get(i).textValue();
            if (key != null && !isSshKey(key)) {
                user.remarks().advice(user.path().child("sshAuthorizedKeys").child(i), "ignition.ssh-key",
                        "this is no SSH public key, so nobody can log in with it; write the one line of a .pub file");
            }
        }
    }

    /** Options, type, key, comment; the key says its type again. */
    private static boolean isSshKey(String line) {
        List<String> words = List.of(BLANKS.split(line.strip()));
        for (int i = 0; i + 1 < words.size(); i++) {
            String type = words.get(i);
            if (KEY_TYPES.contains(type) || type.endsWith(KEY_CERTIFICATE)) {
                return saysType(words.get(i + 1), type) && !line.strip().contains("\n");
            }
        }
        return false;
    }

    private static boolean saysType(String base64, String type) {
        try {
            String blob = new String(Base64.getDecoder().decode(base64), StandardCharsets.ISO_8859_1);
            return blob.length() > 4 + type.length() && blob.startsWith(type, 4);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    static void source(Subject resource) {
        Optional<SourceUrl> source = resource.filled("source").flatMap(SourceUrl::parse);
        if (source.filter(url -> WITH_HOST.contains(url.scheme()) && !namesHost(url.host())).isPresent()) {
            resource.advice("source", "ignition.url-host", "this URL names no host that could be reached; write https://host/path");
        }
        boolean unprotected = source.filter(url -> UNPROTECTED.contains(url.scheme())).isPresent();
        if (unprotected && resource.object("verification").lacks("hash") && !resource.isUnknown("verification")) {
            resource.advice("source", "ignition.source-unprotected",
                    "anybody on the way can change what is fetched from here; use https:// or add verification.hash");
        }
    }

    /** An address with colons in it stands in brackets; newer builds of Ignition refuse others at once. */
    private static boolean namesHost(String host) {
        return !host.isEmpty() && (host.startsWith("[") || host.indexOf(':') == host.lastIndexOf(':'));
    }

    static void certificates(Subject tls) {
        for (Subject authority : tls.objects("certificateAuthorities")) {
            Optional<String> source = authority.filled("source").filter(DataUrl::is);
            if (source.isPresent() && authority.lacks("compression") && !holdsCertificate(source.get())) {
                authority.advice("source", "ignition.certificate",
                        "this holds no certificate in PEM form, -----BEGIN CERTIFICATE-----, so that fetching fails on the device");
            }
        }
    }

    /** True where another rule complains of the URL. */
    private static boolean holdsCertificate(String url) {
        try {
            byte[] pem = DataUrl.decode(url).toArray();
            boolean isPem = new String(pem, StandardCharsets.ISO_8859_1).contains("-----BEGIN CERTIFICATE-----");
            return isPem && !CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem)).isEmpty();
        } catch (CertificateException e) {
            return false;
        } catch (DataUrl.Undecodable e) {
            return true;
        }
    }

    static void timeouts(Subject timeouts) {
        for (String field : List.of("httpResponseHeaders", "httpTotal")) {
            if (timeouts.whole(field).orElse(0) < 0) {
                timeouts.advice(field, "ignition.timeout", "a time limit below zero has passed before it starts; write 0 for none");
            }
        }
    }

    /** Not wrong in itself: the unit may be the system's. */
    static void unitOfTheSystem(Subject unit) {
        if (unit.isTrue("enabled") && unit.lacks("contents")) {
            unit.remarks().note(unit.path(), "ignition.unit-of-system", "the unit has no contents here, so the system must bring it along");
        }
    }

    static void size(int octets, Remarks remarks) {
        if (octets > LARGE) {
            remarks.advice(ConfigPath.ROOT, "ignition.size", "the config has more than " + LARGE
                    + " octets, which some platforms cannot carry; let the device fetch large files by a URL with a hash");
        }
    }
}
