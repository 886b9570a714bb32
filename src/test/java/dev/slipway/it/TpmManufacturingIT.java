package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.bytes.Bytes;
import dev.slipway.fdo.voucher.OwnershipVoucher;
import dev.slipway.fdo.voucher.VoucherPem;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Devices whose keys are in TPMs are initialised by a client of other people, as the stations' policies say. */
class TpmManufacturingIT {

    /** tcg-cap-verifiedTPMResidency and tcg-cap-verifiedTPMFixed, in DER. */
    private static final String POLICIES = "300806066781050b0101" + "300806066781050b0102";

    @TempDir
    private static Path folder;

    private static RunningService service;
    private static Tools operator;

    @BeforeAll
    static void start() {
        service = RunningService.start(folder.resolve("data"), "-Dslipway.manufacturer.tpm=prefer", "-Dslipway.manufacturer.tpm-evidence=true");
        operator = new Tools(service, folder);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static String station(String name, String tpm) {
        List<String> add = List.of(Commands.launcher(), "station", "add", name, "--tpm", tpm, "--data", service.data().toString());
        Commands.Result added = Commands.run(folder, Map.of(), 30, add);
        assertThat(added.exitCode()).as(added.output()).isZero();
        return service.url() + "/station/" + added.output().strip();
    }

    private static List<String> guids() {
        List<String> guids = new ArrayList<>();
        operator.get("devices").path("devices").forEach(device -> guids.add(device.path("guids").path(0).asText()));
        return guids;
    }

    private static JsonNode check(String guid, String name) {
        return StreamSupport.stream(operator.get("vouchers/" + guid).path("checks").spliterator(), false)
                .filter(check -> check.path("name").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static String policies(String guid) {
        String pem = operator.done("voucher", "export", guid);
        Bytes voucher = VoucherPem.split(Bytes.owning(pem.getBytes(StandardCharsets.US_ASCII))).get(0);
        X509Certificate certificate = OwnershipVoucher.decode(voucher).deviceChain().orElseThrow().certificates().get(0);
        byte[] extension = certificate.getExtensionValue("2.5.29.32");
        return extension == null ? "" : HexFormat.of().formatHex(extension);
    }

    /** The whole story of a line: refused, enrolled, initialised, and known for what it is under each of its GUIDs. */
    @Test
    void certifiesOnlyKeysThatWereProvenWhereThatIsRequired() throws Exception {
        String strict = station("strict", "require");
        try (FdoTpmDevice device = FdoTpmDevice.of(TpmDevice.start(folder.resolve("d1"), "ecc"), service)) {
            operator.done("trust", "add", "tpm-ca", device.device().vendorFile().toString());
            List<String> before = guids();
            device.initialize(strict, "TPM-1");
            assertThat(guids()).isEqualTo(before);
            assertThat(service.log()).contains("was not proven to be in a TPM, which this station requires; enrol it first");

            AttestClient.of(service).enroll(device.device(), "");
            device.initialize(strict, "TPM-1");
            List<String> after = guids();
            after.removeAll(before);
            assertThat(after).hasSize(1);
            String guid = after.get(0);
            assertThat(policies(guid)).endsWith(POLICIES);
            assertThat(check(guid, "voucher.tpm").path("result").asText()).isEqualTo("passed");
            assertThat(check(guid, "voucher.tpm").path("found").asText()).isEqualTo("the device's key was enrolled here");
            assertThat(operator.done("device", "show", guid)).contains("tpm          enrolled, ek-certified, IFX SLB9672 000F1A00");
            assertThat(operator.done("voucher", "show", guid)).contains("voucher.tpm                  the device's key was enrolled here");

            String onboarded = device.onboard();
            assertThat(device.device().tpm().folder().resolve("config.ign")).as(onboarded).exists();
            JsonNode known = operator.get("devices/" + guid);
            assertThat(known.path("guids")).as("it has another GUID now").hasSize(2);
            assertThat(known.path("tpm").path("status").asText()).isEqualTo("enrolled");
            assertThat(AttestClient.of(service).enroll(device.device(), known.path("guids").path(1).asText()).path("status").asText())
                    .as("under the new GUID, too")
                    .isEqualTo("enrolled");
        }
    }

    @Test
    void certifiesAllKeysAndSaysWhichWereProvenWhereThatIsPreferred() {
        try (FdoTpmDevice device = FdoTpmDevice.of(TpmDevice.start(folder.resolve("d2"), "ecc"), service)) {
            List<String> before = guids();
            device.initialize(service.url().toString(), "TPM-2");
            List<String> after = guids();
            after.removeAll(before);
            assertThat(after).hasSize(1);
            assertThat(policies(after.get(0))).isEmpty();
            assertThat(check(after.get(0), "voucher.tpm").path("result").asText()).isEqualTo("not-applicable");
            assertThat(check(after.get(0), "voucher.tpm").path("found").asText()).isEqualTo("nothing says that the device's key is in a TPM");
        }
    }

    /** An owner elsewhere sees for himself, or believes a manufacturer's CA that says so; and takes nothing else if that is his policy. */
    @Test
    void letsOwnersTakeVouchersThatAreTpmBackedOnly() throws Exception {
        try (FdoTpmDevice device = FdoTpmDevice.of(TpmDevice.start(folder.resolve("d3"), "ecc"), service);
                RunningService owner = RunningService.start(folder.resolve("owner"), "-Dslipway.trust.imported.tpm=strict")) {
            operator.done("trust", "add", "tpm-ca", device.device().vendorFile().toString());
            Tools his = new Tools(owner, folder);
            Path ownerKey = Files.writeString(folder.resolve("owner.pem"), his.done("owner-key", "list"));
            AttestClient.of(service).enroll(device.device(), "");
            List<String> before = guids();
            device.initialize(service.url().toString(), "TPM-3");
            List<String> after = guids();
            after.removeAll(before);
            assertThat(policies(after.get(0))).endsWith(POLICIES);
            Path voucher = folder.resolve("voucher.pem");
            Files.writeString(voucher, operator.done("voucher", "extend", after.get(0), "--to", ownerKey.toString()));
            assertThat(json(his.run("voucher", "import", voucher.toString(), "--json").output()).toString())
                    .contains("evidence in the first entry that does not convince", "no pinned root of a TPM vendor was found");
            his.done("trust", "add", "tpm-ca", device.device().vendorFile().toString());
            assertThat(json(his.run("voucher", "import", voucher.toString(), "--json").output()).toString())
                    .contains("evidence in the first entry, by a manufacturer who is not listed");
            his.done("trust", "add", "manufacturer", Files.writeString(folder.resolve("maker.pem"), ManufacturerKey.pem(voucher)).toString());
            his.done("voucher", "import", voucher.toString());
            assertThat(his.done("voucher", "show", after.get(0))).contains("evidence in the first entry, of the TPM IFX SLB9672 000F1A00");
            his.done("trust", "add", "device-ca", DeviceCa.of(voucher, folder).toString());
            assertThat(his.done("voucher", "show", after.get(0))).contains("stated by CN=Slipway device CA ec256");
        }
    }

    private static JsonNode json(String output) throws Exception {
        return new ObjectMapper().readTree(output.substring(output.indexOf('{')));
    }

    @Test
    void showsWhatAStationAsks() {
        station("shown", "prefer");
        Commands.Result listed = Commands.run(
                folder, Map.of(), 30, List.of(Commands.launcher(), "station", "list", "--data", service.data().toString()));
        assertThat(listed.output()).contains("shown  tpm prefer");
        Commands.Result wrong = Commands.run(
                folder, Map.of(), 30, List.of(Commands.launcher(), "station", "add", "x", "--tpm", "maybe", "--data", service.data().toString()));
        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.output()).contains("'maybe' is none of none, prefer, require");
    }
}
