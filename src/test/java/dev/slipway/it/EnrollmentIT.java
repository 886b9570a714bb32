package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.bytes.Bytes;
import dev.slipway.cbor.CborItem;
import dev.slipway.cbor.CborWriter;
import dev.slipway.cli.FreePort;
import dev.slipway.fdo.VoucherFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** TPMs of other people are enrolled with the packaged service, by the tools that devices have. */
class EnrollmentIT {

    @TempDir
    private static Path folder;

    private static RunningService service;
    private static AttestClient line;
    private static Tools operator;
    private static int devices;

    @BeforeAll
    static void start() {
        service = RunningService.start(folder.resolve("data"));
        line = AttestClient.of(service);
        operator = new Tools(service, folder);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static String guid() {
        return VoucherFixture.random(16).toHex();
    }

    private static TpmDevice stranger(String ekAlgorithm) {
        return TpmDevice.start(folder.resolve("d" + devices++), ekAlgorithm);
    }

    /** One whose vendor is trusted. */
    private static TpmDevice device(String ekAlgorithm) {
        TpmDevice device = stranger(ekAlgorithm);
        operator.done("trust", "add", "tpm-ca", device.vendorFile().toString());
        return device;
    }

    @ParameterizedTest
    @ValueSource(strings = {"rsa", "ecc"})
    void enrolsATpmThatItsVendorCertified(String ekAlgorithm) throws IOException {
        String guid = guid();
        try (TpmDevice device = device(ekAlgorithm)) {
            JsonNode challenge = line.begin(device, guid).isStatus(201);
            assertThat(challenge.path("enrollment_id").asText()).matches("[0-9a-f]{32}");
            assertThat(TpmDevice.octets(challenge, "nonce").length()).isEqualTo(32);
            assertThat(challenge.path("expires_in").asInt()).isEqualTo(300);
            JsonNode enrolled = line.prove(challenge.path("enrollment_id").asText(), device.proof(challenge)).isStatus(200);
            assertThat(enrolled.path("status").asText()).isEqualTo("enrolled");
            assertThat(enrolled.path("guid").asText().replace("-", "")).isEqualTo(guid);
            assertThat(enrolled.path("ek_status").asText()).isEqualTo("EK_CERTIFIED");
            device.tpm().run("readpublic", "-c", "ak.ctx", "-n", "ak.name");
            assertThat(enrolled.path("ak_name").asText()).isEqualTo(device.tpm().read("ak.name").toHex());
            device.tpm().run("readpublic", "-c", "dev.ctx", "-n", "dev.name");
            assertThat(enrolled.path("device_key_name").asText()).isEqualTo(device.tpm().read("dev.name").toHex());

            assertThat(operator.done("device", "enrollment", "show", guid))
                    .contains("tpm          enrolled, ek-certified, IFX SLB9672 000F1A00, ")
                    .contains("ak           " + enrolled.path("ak_name").asText());
            assertThat(line.enroll(device, guid).path("status").asText()).as("as often as one likes").isEqualTo("enrolled");
        }
    }

    @Test
    void enrolsInCbor() {
        try (TpmDevice device = device("ecc")) {
            Map<String, Bytes> asked = device.request();
            CborWriter request = new CborWriter().map(asked.size());
            asked.forEach((name, value) -> request.text(name).byteString(value));
            AttestClient.Reply begun = line.post("enrollments", "application/cbor", request.toBytes().toArray());
            assertThat(begun.status()).isEqualTo(201);
            assertThat(begun.contentType()).contains("application/cbor");
            CborItem challenge = CborItem.decode(Bytes.owning(begun.body()));
            Map<String, Bytes> found = device.proof(octets(challenge, "nonce"), octets(challenge, "ak_credential"), octets(challenge, "device_credential"));
            CborWriter proof = new CborWriter().map(found.size());
            found.forEach((name, value) -> proof.text(name).byteString(value));
            String id = value(challenge, "enrollment_id").text(32);
            AttestClient.Reply proven = line.post("enrollments/" + id + "/proof", "application/cbor", proof.toBytes().toArray());
            assertThat(proven.status()).isEqualTo(200);
            assertThat(value(CborItem.decode(Bytes.owning(proven.body())), "ek_status").text(32)).isEqualTo("EK_CERTIFIED");
        }
    }

    private static CborItem value(CborItem map, String name) {
        return map.map().stream().filter(entry -> entry.getKey().text(64).equals(name)).findFirst().orElseThrow().getValue();
    }

    private static Bytes octets(CborItem map, String name) {
        return value(map, name).byteString();
    }

    /** An operator's list counts at once, both ways. */
    @Test
    void believesWhomTheOperatorListedAsOfNow() throws IOException {
        try (TpmDevice device = stranger("ecc")) {
            line.begin(device, guid()).isRefusal(422, "UNTRUSTED");
            String added = operator.done("trust", "add", "tpm-ca", device.vendorFile().toString(), "--json");
            List<JsonNode> anchors = Tools.json(added);
            assertThat(anchors).extracting(anchor -> anchor.path("name").asText()).containsExactly("CN=vendor root", "CN=vendor CA (intermediate)");
            assertThat(operator.done("trust", "list")).contains("tpm-ca       " + anchors.get(0).path("fingerprint").asText() + "  CN=vendor root");
            line.begin(device, guid()).isStatus(201);
            operator.done("trust", "remove", "tpm-ca", anchors.get(0).path("fingerprint").asText());
            line.begin(device, guid()).isRefusal(422, "UNTRUSTED");
            operator.done("trust", "add", "tpm-ek", device.tpm().folder().resolve("ek.pub").toString());
            line.begin(device, guid()).isRefusal(422, "UNTRUSTED");
            Map<String, Bytes> bare = device.request();
            bare.remove("ek_cert");
            JsonNode challenge = line.post("enrollments", bare, Map.of()).isStatus(201);
            JsonNode enrolled = line.prove(challenge.path("enrollment_id").asText(), device.proof(challenge)).isStatus(200);
            assertThat(enrolled.path("ek_status").asText()).isEqualTo("EK_PINNED");
            assertThat(enrolled.has("guid")).isFalse();
            assertThat(operator.done("device", "enrollment", "show", enrolled.path("device_key_name").asText())).contains("tpm          enrolled, ek-pinned, ");
            Commands.Result noCa = operator.run("trust", "add", "tpm-ca", device.tpm().folder().resolve("ek.cert").toString());
            assertThat(noCa.exitCode()).isEqualTo(1);
            assertThat(noCa.output()).contains("is not that of a CA; add the root of the TPM's vendor");
        }
    }

    /** The credentials are for the TPM of the EK; another one that hears of them cannot open them, and none is asked twice. */
    @Test
    void refusesAnAnswerThatTheTpmDidNotGive() {
        String guid = guid();
        try (TpmDevice device = device("ecc")) {
            JsonNode first = line.begin(device, guid).isStatus(201);
            line.prove(first.path("enrollment_id").asText(), device.certified(VoucherFixture.random(32))).isRefusal(422, "ACTIVATION");
            Map<String, Bytes> late = device.proof(first);
            line.prove(first.path("enrollment_id").asText(), late).isRefusal(404, "SESSION_UNKNOWN");
            JsonNode second = line.begin(device, guid).isStatus(201);
            line.prove(second.path("enrollment_id").asText(), late).isRefusal(422, "ACTIVATION");
            JsonNode third = line.begin(device, guid).isStatus(201);
            line.prove(third.path("enrollment_id").asText(), late).isRefusal(422, "ACTIVATION");
            line.begin(device, guid).isRefusal(409, "GUID_LOCKED");
            assertThat(operator.done("device", "enrollment", "show", guid)).contains("tpm          quarantined").contains("QUARANTINE   guid-locked: EK 000b");
            operator.done("device", "enrollment", "reject", guid);
            line.enroll(device, guid);
        }
    }

    @Test
    void refusesAProofThatWasTaken() {
        try (TpmDevice device = device("ecc")) {
            JsonNode challenge = line.begin(device, guid()).isStatus(201);
            Map<String, Bytes> proof = device.proof(challenge);
            String id = challenge.path("enrollment_id").asText();
            line.prove(id, proof).isStatus(200);
            line.prove(id, proof).isRefusal(404, "SESSION_UNKNOWN");
            line.prove("0".repeat(32), proof).isRefusal(404, "SESSION_UNKNOWN");
        }
    }

    @Test
    void refusesAChallengeThatIsTooOld() {
        try (RunningService hasty = RunningService.start(folder.resolve("hasty"), "-Dslipway.tpm.challenge-time=PT0.2S"); TpmDevice device = stranger("ecc")) {
            new Tools(hasty, folder).done("trust", "add", "tpm-ca", device.vendorFile().toString());
            AttestClient client = AttestClient.of(hasty);
            JsonNode challenge = client.begin(device, guid()).isStatus(201);
            Map<String, Bytes> proof = device.proof(challenge);
            RunningService.pause(300);
            client.prove(challenge.path("enrollment_id").asText(), proof).isRefusal(404, "SESSION_UNKNOWN");
        }
    }

    /** Attributes are claims until the Name is proven; a key that may leave its TPM is refused by its own words. */
    @ParameterizedTest
    @CsvSource({
        "sensitivedataorigin|userwithauth|sign,                                     KEY_NOT_TPM_RESIDENT",
        "fixedtpm|fixedparent|sensitivedataorigin|userwithauth|sign|restricted,     OBJECT_IS_RESTRICTED"
    })
    void refusesDeviceKeysThatAreNotBoundToTheTpm(String attributes, String code) {
        try (TpmDevice device = device("ecc")) {
            device.createDeviceKey(attributes);
            line.begin(device, guid()).isRefusal(422, code);
        }
    }

    /** A program writes a public area with any attributes; it has no TPM that opens what is made for the Name. */
    @Test
    void refusesASoftwareKeyThatSaysItIsInTheTpm() {
        try (TpmDevice device = device("ecc"); TpmDevice other = stranger("ecc")) {
            Map<String, Bytes> asked = device.request();
            asked.put("device_pub", other.request().get("device_pub"));
            JsonNode challenge = line.post("enrollments", asked, Map.of()).isStatus(201);
            device.activate("ak", TpmDevice.octets(challenge, "ak_credential"));
            device.tpm().write("dev.cred", TpmDevice.octets(challenge, "device_credential"));
            device.tpm().run("startauthsession", "--policy-session", "-S", "session.ctx");
            device.tpm().run("policysecret", "-S", "session.ctx", "-c", "e");
            assertThat(device.tpm().refusal(
                            "activatecredential", "-c", "dev.ctx", "-C", "ek.ctx", "-i", "dev.cred", "-o", "dev.secret", "-P", "session:session.ctx"))
                    .contains("integrity check failed");
            line.prove(challenge.path("enrollment_id").asText(), device.certified(VoucherFixture.random(32))).isRefusal(422, "ACTIVATION");
        }
    }

    @Test
    void keepsAGuidForItsTpmUntilAnOperatorSaysOtherwise() {
        String guid = guid();
        try (TpmDevice device = device("ecc"); TpmDevice other = device("rsa")) {
            JsonNode enrolled = line.enroll(device, guid);
            line.begin(other, guid).isRefusal(409, "GUID_BOUND_TO_OTHER_TPM");
            assertThat(operator.done("device", "enrollment", "show", guid))
                    .contains("tpm          quarantined, ek-certified")
                    .contains("QUARANTINE   guid-bound-to-other-tpm: EK 000b")
                    .contains("ak           " + enrolled.path("ak_name").asText());
            line.enroll(device, guid);
            line.begin(other, guid).isRefusal(409, "GUID_BOUND_TO_OTHER_TPM");
            assertThat(operator.done("device", "enrollment", "accept", guid)).contains("accepted     guid-bound-to-other-tpm, to be enrolled once more");
            JsonNode replaced = line.enroll(other, guid);
            assertThat(operator.done("device", "enrollment", "show", guid))
                    .contains("tpm          enrolled")
                    .contains("ak           " + replaced.path("ak_name").asText())
                    .doesNotContain(enrolled.path("ak_name").asText());
            line.begin(device, guid).isRefusal(409, "GUID_BOUND_TO_OTHER_TPM");
            operator.done("device", "enrollment", "forget", guid);
            line.enroll(device, guid);
            line.begin(device, guid()).isRefusal(409, "GUID_BOUND_TO_OTHER_TPM");
        }
    }

    /** What was acknowledged is on disk. */
    @Test
    void keepsAnEnrolmentThroughAPowerCut() {
        String guid = guid();
        Path data = folder.resolve("killed");
        try (TpmDevice device = stranger("ecc"); TpmDevice other = stranger("ecc")) {
            RunningService first = RunningService.start(data);
            Tools tools = new Tools(first, folder);
            tools.done("trust", "add", "tpm-ca", device.vendorFile().toString());
            tools.done("trust", "add", "tpm-ca", other.vendorFile().toString());
            AttestClient.of(first).enroll(device, guid);
            first.kill();
            try (RunningService again = RunningService.start(data)) {
                AttestClient.of(again).begin(other, guid).isRefusal(409, "GUID_BOUND_TO_OTHER_TPM");
                assertThat(new Tools(again, folder).done("device", "enrollment", "show", guid)).contains("quarantined");
            }
            String ofGuid = "select count(*) from audit_event where replace(guid, '-', '') = '" + guid + "' and event = ";
            assertThat(Database.count(data, ofGuid + "'enrollment.completed'")).isEqualTo(1);
            assertThat(Database.count(data, ofGuid + "'enrollment.refused' and reason = 'GUID_BOUND_TO_OTHER_TPM'")).isEqualTo(1);
            assertThat(Database.count(data, ofGuid + "'enrollment.contradicted'")).isEqualTo(1);
        }
    }

    /** A device that was initialised is its voucher's key. */
    @Test
    void enrolsNoOtherKeyForAVoucher() {
        Commands.Result initialized = Commands.run(folder, Map.of(), 60, List.of(Commands.launcher(), "simulate", "--url", service.url().toString(), "--devices", "1"));
        assertThat(initialized.exitCode()).as(initialized.output()).isZero();
        JsonNode simulated = Tools.json(operator.done("device", "list", "--json")).get(0);
        String guid = simulated.path("guids").get(0).asText();
        try (TpmDevice device = device("ecc")) {
            line.begin(device, guid).isRefusal(409, "VOUCHER_KEY_MISMATCH");
            assertThat(operator.done("device", "show", simulated.path("id").asText())).contains("QUARANTINE   voucher-key-mismatch: EK 000b");
            operator.done("device", "enrollment", "reject", guid);
            assertThat(operator.done("device", "show", guid)).doesNotContain("QUARANTINE").doesNotContain("\ntpm ");
            Commands.Result none = operator.run("device", "enrollment", "show", guid);
            assertThat(none.exitCode()).isEqualTo(1);
            assertThat(none.output()).contains("no TPM was enrolled for this device, and none claims it");
        }
    }

    @Test
    void isOpenToStationsAndTheirTokensOpenNothingElse() {
        String data = service.data().toString();
        String token = Commands.run(folder, Map.of(), 30, List.of(Commands.launcher(), "station", "add", "tpm-line", "--data", data)).output().strip();
        String wrong = (token.charAt(0) == 'A' ? 'B' : 'A') + token.substring(1);
        try (TpmDevice device = device("ecc")) {
            new AttestClient(service.url().resolve("/station/" + token + "/"), Optional.empty()).enroll(device, "");
            new AttestClient(service.url(), Optional.of("Bearer " + token)).enroll(device, "");
            new AttestClient(service.url().resolve("/station/" + wrong + "/"), Optional.empty()).begin(device, "").isRefusal(403, "FORBIDDEN");
            new AttestClient(service.url(), Optional.of("Bearer " + wrong)).begin(device, "").isRefusal(403, "FORBIDDEN");
            JsonNode challenge = line.begin(device, "").isStatus(201);
            new AttestClient(service.url(), Optional.of("Bearer " + wrong))
                    .prove(challenge.path("enrollment_id").asText(), device.certified(VoucherFixture.random(32)))
                    .isRefusal(403, "FORBIDDEN");
        }
        AttestClient below = new AttestClient(service.url().resolve("/station/" + token + "/"), Optional.empty());
        assertThat(below.post("nothing", "application/json", "{}".getBytes()).status()).isEqualTo(404);
    }

    @Test
    void refusesWhatIsNoRequest() throws IOException {
        try (TpmDevice device = device("ecc")) {
            Map<String, Bytes> sound = device.request();
            for (String name : List.of("ek_pub", "ak_pub", "device_pub")) {
                Map<String, Bytes> without = device.request();
                without.remove(name);
                line.post("enrollments", without, Map.of()).isRefusal(400, "PARSE");
                Map<String, Bytes> cut = device.request();
                cut.put(name, sound.get(name).slice(0, sound.get(name).length() - 1));
                line.post("enrollments", cut, Map.of()).isRefusal(400, "PARSE");
            }
            line.post("enrollments", sound, Map.of("guid", "nobody")).isRefusal(400, "PARSE");
            line.post("enrollments", sound, Map.of("gruid", guid())).isRefusal(400, "PARSE");
            line.post("enrollments", Map.of("ek_pub", VoucherFixture.random(20_000)), Map.of()).isRefusal(400, "PARSE");
            JsonNode challenge = line.begin(device, "").isStatus(201);
            String id = challenge.path("enrollment_id").asText();
            line.post("enrollments/" + id + "/proof", "application/json", "{}".getBytes()).isRefusal(400, "PARSE");
            line.prove(id, device.proof(challenge)).isStatus(200);
        }
        for (String type : List.of("application/json", "application/cbor", "multipart/form-data; boundary=x", "text/plain", "x")) {
            for (byte[] body : List.of(new byte[0], new byte[] {1}, VoucherFixture.random(3_000).toArray(), "[[[[[[[[[[[[[[[[[[[[[[".getBytes())) {
                line.post("enrollments", type, "application/json", body).isRefusal(400, "PARSE");
            }
        }
        line.post("enrollments", "application/json", new byte[96 * 1024 + 1]).isRefusal(413, "TOO_LARGE");
        line.post("enrollments/" + "0".repeat(32) + "/proof", "application/json", new byte[16 * 1024 + 1]).isRefusal(413, "TOO_LARGE");
        assertThat(line.post("enrollments", "application/json", new byte[3_000_000]).status()).isEqualTo(413);
        assertThat(line.post("enrollments/xyz/proof", "application/json", "{}".getBytes()).status()).isEqualTo(404);
        assertThat(service.log()).doesNotContain(" ERROR ");
    }

    private static Commands.Result enrollSh(TpmDevice device, String... arguments) {
        return enrollSh(DeviceShell.DASH, device, arguments);
    }

    private static Commands.Result enrollSh(DeviceShell shell, TpmDevice device, String... arguments) {
        return shell.run("factory/enroll.sh", device.tpm().folder(), device.tpm().environment(), List.of(arguments));
    }

    @ParameterizedTest
    @CsvSource({"ecc, 0x01c0000a, DASH", "rsa, 0x01c00002, DASH", "ecc, 0x01c0000a, BUSYBOX"})
    void enrolsByTheProgramOfTheLine(String ekAlgorithm, String index, DeviceShell shell) {
        String guid = guid();
        try (TpmDevice device = device(ekAlgorithm)) {
            device.storeEkCertificate(index);
            Commands.Result enrolled = enrollSh(shell, device, "--url", service.url().toString(), "--ek", ekAlgorithm, "--guid", guid);
            assertThat(enrolled.exitCode()).as(enrolled.output()).isZero();
            assertThat(enrolled.output()).matches("enrolled [0-9a-f-]{36} EK_CERTIFIED, device key 000b[0-9a-f]{64}\n");
            assertThat(operator.done("device", "enrollment", "show", guid)).contains("tpm          enrolled, ek-certified");
            assertThat(enrollSh(device, "--url", service.url().toString(), "--ek", ekAlgorithm, "--guid", guid).exitCode()).as("once more").isZero();
        }
    }

    @Test
    void enrolsADeviceKeyThatIsKeptInTheTpm() throws IOException {
        String data = service.data().toString();
        String token = Commands.run(folder, Map.of(), 30, List.of(Commands.launcher(), "station", "add", "kept-line", "--data", data)).output().strip();
        try (TpmDevice device = device("ecc")) {
            device.tpm().run("evictcontrol", "-C", "o", "-c", "dev.ctx", "0x81020002");
            Files.writeString(device.tpm().folder().resolve("token"), token + "\n");
            Commands.Result enrolled = enrollSh(device, "--url", service.url().toString(), "--token-file", "token", "--ek-cert", "ek.cert",
                    "--key-handle", "0x81020002", "--ak-handle", "0x81010199");
            assertThat(enrolled.exitCode()).as(enrolled.output()).isZero();
            assertThat(enrolled.output()).startsWith("enrolled  EK_CERTIFIED, device key 000b");
            Commands.Result again = enrollSh(device, "--url", service.url() + "/station/" + token + "/", "--ek-cert", "ek.cert",
                    "--key-handle", "0x81020002", "--ak-handle", "0x81010199");
            assertThat(again.exitCode()).as(again.output()).isZero();
        }
    }

    @Test
    void tellsTheLineWhatToDo() throws IOException {
        try (TpmDevice device = stranger("ecc")) {
            String url = service.url().toString();
            assertThat(enrollSh(device, "--url", url).output())
                    .contains("the TPM holds no certificate of its ecc EK (NV 0x01c0000a)")
                    .contains("refused: UNTRUSTED: no TPM vendor that is listed certified the EK");
            Commands.Result refused = enrollSh(device, "--url", url, "--ek-cert", "ek.cert");
            assertThat(refused.exitCode()).isEqualTo(3);
            Files.writeString(device.tpm().folder().resolve("token"), "wrong\n");
            assertThat(enrollSh(device, "--url", url, "--token-file", "token").output()).contains("refused: FORBIDDEN: not from there; show the token of a station");
            assertThat(enrollSh(device, "--url", url, "--token-file", "nothing").exitCode()).isEqualTo(2);
            assertThat(enrollSh(device).output()).contains("which service? name it with --url");
            assertThat(enrollSh(device, "--url", url, "--key-handle", "0x81020002").output()).contains("the TPM did not find a device key at 0x81020002");
            Commands.Result nobody = enrollSh(device, "--url", "http://127.0.0.1:" + FreePort.find() + "/station/a-line-s-token");
            assertThat(nobody.exitCode()).isEqualTo(1);
            assertThat(nobody.output())
                    .contains("no answer from the service (HTTP 000); trying again in 1 s")
                    .contains("trying again in 8 s")
                    .contains("in 5 tries. Does the service run")
                    .doesNotContain("a-line-s-token");
            Commands.Result stranger = enrollSh(device, "--url", url + "/station/a-line-s-token");
            assertThat(stranger.output()).contains("refused: FORBIDDEN: not from there").doesNotContain("a-line-s-token");
            assertThat(enrollSh(device, "--url", url + "/nothing-here/station/a-line-s-token").output())
                    .contains("is it a Slipway service?").doesNotContain("a-line-s-token");
            assertThat(enrollSh(device, "--url", url + "/api/v1").output()).contains("is it a Slipway service?");
        }
        Commands.Result noTpm = Commands.run(folder, Map.of("TPM2TOOLS_TCTI", "swtpm:path=/nowhere"), 60,
                List.of("dash", Commands.baseFolder().resolve("deploy/factory/enroll.sh").toString(), "--url", service.url().toString()));
        assertThat(noTpm.output()).contains("the TPM did not make its EK (tpm2_createek). Is there one (ls /dev/tpmrm0)");
    }
}
