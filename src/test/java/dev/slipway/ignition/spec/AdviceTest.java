package dev.slipway.ignition.spec;

import static dev.slipway.ignition.spec.Configs.config;
import static dev.slipway.ignition.spec.Configs.found;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.Vectors;
import dev.slipway.bytes.Bytes;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdviceTest {

    private static final String ED25519 = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f";

    private static List<String> user(String fields) {
        return found("3.4.0", "'passwd': {'users': [{" + fields + "}]}");
    }

    @ParameterizedTest
    @ValueSource(strings = {ED25519, ED25519 + " core@example.org", "restrict,command=\\\"a b\\\" " + ED25519, "  " + ED25519 + "  "})
    void takesSshPublicKeys(String key) {
        assertThat(user("'name': 'core', 'sshAuthorizedKeys': ['" + key + "']")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "core@example.org", "ssh-ed25519", "ssh-ed25519 AAAA", "ssh-ed25519 ????",
        "ssh-rsa AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f", "-----BEGIN OPENSSH PRIVATE KEY-----"})
    void warnsOfWhatIsNoSshPublicKey(String key) {
        assertThat(user("'name': 'core', 'sshAuthorizedKeys': ['" + ED25519 + "', '" + key + "']"))
                .containsExactly("warning $.passwd.users.0.sshAuthorizedKeys.1");
    }

    @ParameterizedTest
    @CsvSource({"core,true", "_apt,true", "j.doe,true", "Machine-1$,true", "0day,true", "1000,false", ".,false", "..,false", "-x,false", "a b,false",
        "a:b,false", "ä,false", "a23456789012345678901234567890123,false"})
    void warnsOfAccountNamesThatSystemsRefuse(String name, boolean good) {
        assertThat(user("'name': '" + name + "'")).isEqualTo(good ? List.of() : List.of("warning $.passwd.users.0.name"));
        assertThat(found("3.4.0", "'passwd': {'groups': [{'name': '" + name + "'}]}")).hasSize(good ? 0 : 1);
    }

    @ParameterizedTest
    @CsvSource({"$y$j9T$abcdefgh$abcdefghijk,true", "$6$abc$defghijkl,true", "!,true", "*,true", "secret,false", "$x,false"})
    void warnsOfPlainPasswords(String hash, boolean good) {
        assertThat(user("'name': 'core', 'passwordHash': '" + hash + "'")).hasSize(good ? 0 : 1);
    }

    @Test
    void warnsOfNamesThatOnlyTheDeviceWouldMiss() {
        assertThat(found("3.4.0", "'passwd': {'users': [{'uid': 1}], 'groups': [{}]}, 'storage': {'luks': [{'device': '/d'}],"
                + " 'raid': [{'level': 'raid1', 'devices': ['/d']}]}")).containsExactlyInAnyOrder("warning $.passwd.users.0.name",
                        "warning $.passwd.groups.0.name", "warning $.storage.luks.0.name", "warning $.storage.raid.0.name");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"https://h/a |", "http://h/a | source", "tftp://h/a | source", "https:///a | source", "https:a | source",
        "https://a:b:80/ | source", "https://[::1]:80/ |",
        "s3:///k | source", "data:,a |", "arn:aws:s3:::b/k |"})
    void warnsOfSourcesThatCannotBeTrustedOrReached(String source, String field) {
        assertThat(found("3.4.0", "'storage': {'files': [{'path': '/a', 'contents': {'source': '" + source + "'}}]}"))
                .isEqualTo(field == null ? List.of() : List.of("warning $.storage.files.0.contents." + field));
    }

    @Test
    void takesPlainHttpWithAHash() {
        String file = "'storage': {'files': [{'path': '/a', 'contents': {'source': 'http://h/', 'verification': {'hash': 'sha512-%s'}}}]}";
        assertThat(found("3.4.0", file.formatted("0a".repeat(64)))).isEmpty();
        assertThat(found("3.4.0", file.formatted("0A".repeat(64)))).containsExactly("warning $.storage.files.0.contents.verification.hash");
        assertThat(found("3.4.0", file.formatted("0g".repeat(64)))).containsExactly("warning $.storage.files.0.contents.verification.hash");
    }

    @Test
    void warnsOfCertificatesThatAreNone() {
        String authority = "{'ignition': {'version': '3.4.0', 'security': {'tls': {'certificateAuthorities': [{'source': '%s'}]}}}}";
        String pem = Base64.getEncoder().encodeToString(Vectors.bytes("conformance-tools/TROOT.crt").toArray());
        assertThat(found(Configs.bytes(authority.formatted("data:;base64," + pem)))).isEmpty();
        for (String source : List.of("data:,", "data:,-----BEGIN%20CERTIFICATE-----", "data:;base64," + pem.substring(400))) {
            assertThat(found(Configs.bytes(authority.formatted(source)))).as(source)
                    .containsExactly("warning $.ignition.security.tls.certificateAuthorities.0.source");
        }
    }

    @Test
    void notesUnitsThatTheSystemMustHave() {
        assertThat(found("3.4.0", "'systemd': {'units': [{'name': 'sshd.service', 'enabled': true}, {'name': 'a.service', 'enabled': false}]}"))
                .containsExactly("info $.systemd.units.0");
    }

    @Test
    void warnsOfTimeLimitsBelowZeroAndHeadersWithoutValue() {
        assertThat(found(Configs.bytes("{'ignition': {'version': '3.4.0', 'timeouts': {'httpTotal': -1, 'httpResponseHeaders': 0}, 'config':"
                + " {'replace': {'source': 'https://h/', 'httpHeaders': [{'name': 'A'}]}}}}")))
                .containsExactlyInAnyOrder("warning $.ignition.timeouts.httpTotal", "warning $.ignition.config.replace.httpHeaders.0.value");
    }

    @Test
    void warnsOfEmptyLinkTargetsWhereIgnitionTakesThem() {
        assertThat(found("3.2.0", "'storage': {'links': [{'path': '/a', 'target': ''}]}")).containsExactly("warning $.storage.links.0.target");
    }

    @Test
    void warnsOfConfigsThatPlatformsCannotCarry() {
        String file = "'storage': {'files': [{'path': '/a', 'contents': {'source': 'data:,%s'}}]}";
        Bytes small = config("3.4.0", file.formatted("a"));
        int room = Advice.LARGE - small.length() + 1;
        assertThat(found("3.4.0", file.formatted("a".repeat(room)))).isEmpty();
        assertThat(found("3.4.0", file.formatted("a".repeat(room + 1)))).containsExactly("warning $");
    }
}
