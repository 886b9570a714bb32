package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.bytes.Bytes;
import dev.slipway.fdo.VoucherFixture;
import dev.slipway.tpm.TpmtPublic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Devices whose makers gave them an IDevID and an IAK are enrolled, and boot, with those keys and no others. */
class IdevidIT {

    private static final String AK_HANDLE = "0x81010100";
    private static final String ATTRIBUTES = "fixedtpm|fixedparent|sensitivedataorigin|userwithauth|adminwithpolicy|sign";

    @TempDir
    private static Path folder;

    private static final DevidMaker MAKER = new DevidMaker();
    private static RunningService service;
    private static Tools operator;
    private static int devices;

    @BeforeAll
    static void start() {
        service = RunningService.start(folder.resolve("data"));
        operator = new Tools(service, folder);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    /** Authorization policies and template's beginnings, from "TPM 2.0 Keys for Device Identity and Attestation". */
    private enum Template {
        IDEVID_EC256("IDEVID", "sha256", "ecc256:ecdsa-sha256:null", "", "0023000b000400f2",
                "ad6b3a2284fd698a0710bf5cc1b9bdf15e2532e3f601fa4b93a6a8fa8de579ea"),
        IAK_EC256("IAK", "sha256", "ecc256:ecdsa-sha256:null", "|restricted", "0023000b000500f2",
                "5437182326e414fca797d5f174615a1641f61255797c3a2b22c21d120b2d1e07"),
        IDEVID_EC384("IDEVID", "sha384", "ecc384:ecdsa-sha384:null", "", "0023000c000400f2",
                "4db1aa836d0b5615df6ee53a40ef70c61c217f4303d44695925972bc927006cfa5cbdf6dc18c4dbe329b2f1542c3dd33"),
        IAK_EC384("IAK", "sha384", "ecc384:ecdsa-sha384:null", "|restricted", "0023000c000500f2",
                "129d94ebf84556652c6eef43bbb757512ac87e52be7b349ca6ce4d826f749fcf672f51716c5cbb605f313bf345aab312");

        private final String unique;
        private final String hash;
        private final String algorithm;
        private final String attributes;
        private final String beginning;
        private final String policy;

        Template(String unique, String hash, String algorithm, String attributes, String beginning, String policy) {
            this.unique = unique;
            this.hash = hash;
            this.algorithm = algorithm;
            this.attributes = ATTRIBUTES + attributes;
            this.beginning = beginning;
            this.policy = policy;
        }

        /** Makes the key by hand, in {@code NAME.ctx}; its Name. */
        String create(TpmDevice device, boolean bothCoordinates) {
            String coordinate = "%02x00".formatted(unique.length()) + HexFormat.of().formatHex(unique.getBytes());
            String whole = bothCoordinates ? coordinate + "00".repeat(128 - unique.length()) + coordinate : coordinate;
            device.tpm().write("unique", Bytes.fromHex(whole));
            device.tpm().run("createprimary", "-C", "e", "-g", hash, "-G", algorithm, "-a", attributes, "-L", policy, "-u", "unique",
                    "-c", name() + ".ctx", "--template-data", "template");
            String inTemplate = "%04x".formatted(unique.length()) + HexFormat.of().formatHex(unique.getBytes());
            assertThat(device.tpm().read("template").toHex())
                    .startsWith(beginning + "%04x".formatted(policy.length() / 2) + policy)
                    .endsWith("0010" + inTemplate + (bothCoordinates ? inTemplate : "0000"));
            device.tpm().run("readpublic", "-c", name() + ".ctx", "-f", "tss", "-o", name() + ".pub", "-n", name() + ".name");
            return device.tpm().read(name() + ".name").toHex();
        }

        TpmtPublic publicArea(TpmDevice device) {
            return TpmtPublic.decodeSized(device.tpm().read(name() + ".pub"));
        }
    }

    private static TpmDevice device() {
        TpmDevice device = TpmDevice.start(folder.resolve("d" + devices++), "ecc");
        device.storeEkCertificate("0x01c0000a");
        operator.done("trust", "add", "tpm-ca", device.vendorFile().toString());
        return device;
    }

    /** Has the maker's voucher for the IDevID imported; its GUID. */
    private static String imported(TpmtPublic idevid) throws IOException {
        VoucherFixture voucher = MAKER.voucher(idevid.key().publicKey());
        String key = Base64.getMimeEncoder().encodeToString(voucher.owner.getPrivate().getEncoded());
        Path owner = Files.writeString(folder.resolve("owner.pem"), "-----BEGIN PRIVATE KEY-----\n" + key + "\n-----END PRIVATE KEY-----\n");
        operator.done("owner-key", "import", owner.toString());
        Path file = Files.write(folder.resolve("voucher.cbor"), voucher.encoded().toArray());
        operator.done("voucher", "import", file.toString());
        return voucher.guid().toString();
    }

    private static Commands.Result enrollSh(DeviceShell shell, TpmDevice device, String... arguments) {
        List<String> all = new ArrayList<>(List.of("--url", service.url().toString()));
        all.addAll(List.of(arguments));
        return shell.run("factory/enroll.sh", device.tpm().folder(), device.tpm().environment(), all);
    }

    private static String enrolled(Commands.Result result, String guid, String name) {
        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(result.output()).isEqualTo("enrolled " + guid + " EK_CERTIFIED, device key " + name + "\n");
        return result.output();
    }

    private static String nameAt(TpmDevice device, String handle) {
        device.tpm().run("readpublic", "-c", handle, "-n", "kept.name");
        return device.tpm().read("kept.name").toHex();
    }

    private static Commands.Result attestSh(DeviceShell shell, TpmDevice device) throws IOException {
        Path work = Files.createDirectories(device.tpm().folder().resolve("boot"));
        Path conf = Files.writeString(work.resolve("attest.conf"), "URL=" + service.url() + "\nPOINTER=user.ign\nTRIES=1\n");
        Map<String, String> environment = new HashMap<>(device.tpm().environment());
        environment.put("SLIPWAY_ATTEST_CONF", conf.toString());
        return shell.run("dracut/90slipway/slipway-attest.sh", work, environment, List.of());
    }

    private static String shown(String guid) {
        return operator.done("voucher", "show", guid);
    }

    /** From the maker's word, which counts if he is listed, to what was seen here; and no key is made but those that the TPM always makes. */
    @ParameterizedTest
    @CsvSource({"ec256, x, DASH", "ec256, x, BUSYBOX", "ec256, xy, DASH", "ec384, x, DASH"})
    void enrolsAndBootsADeviceWithTheKeysThatItHas(String curve, String unique, DeviceShell shell) throws IOException {
        try (TpmDevice device = device()) {
            Template idevid = Template.valueOf("IDEVID_" + curve.toUpperCase());
            String name = idevid.create(device, unique.equals("xy"));
            String iak = Template.valueOf("IAK_" + curve.toUpperCase()).create(device, unique.equals("xy"));
            String guid = imported(idevid.publicArea(device));
            assertThat(shown(guid)).contains("stated by a CA that is not listed");
            String ca = Tools.json(operator.done("trust", "add", "device-ca", MAKER.rootFile(folder).toString(), "--json")).get(0)
                    .path("fingerprint").asText();
            assertThat(shown(guid)).contains("stated by CN=OEM DevID root");
            operator.done("trust", "remove", "device-ca", ca);

            String[] arguments = {"--idevid", curve, "--idevid-unique", unique, "--guid", guid};
            enrolled(enrollSh(shell, device, arguments), guid, name);
            assertThat(nameAt(device, AK_HANDLE)).isEqualTo(iak);
            assertThat(shown(guid)).contains("the device's key was enrolled here");
            assertThat(operator.done("device", "show", guid)).contains("tpm          enrolled, ek-certified, IFX SLB9672 000F1A00");
            enrolled(enrollSh(shell, device, arguments), guid, name);

            Commands.Result attested = attestSh(shell, device);
            assertThat(attested.exitCode()).as(attested.output()).isZero();
            assertThat(attested.output()).isEqualTo("slipway-attest: wrote user.ign\n");
            assertThat(device.tpm().folder().resolve("boot/user.ign")).content().doesNotContain("@TICKET@");
        }
    }

    /** Without creation data of it, the IAK certifies the key by TPM2_Certify, which the policy allows as well. */
    @ParameterizedTest
    @CsvSource({"EC256", "EC384"})
    void enrolsKeysThatAreKeptInTheTpm(String curve) throws IOException {
        try (TpmDevice device = device()) {
            Template idevid = Template.valueOf("IDEVID_" + curve);
            Template iak = Template.valueOf("IAK_" + curve);
            String name = idevid.create(device, false);
            iak.create(device, false);
            device.tpm().run("evictcontrol", "-C", "o", "-c", idevid + ".ctx", "0x81020000");
            device.tpm().run("evictcontrol", "-C", "o", "-c", iak + ".ctx", "0x81010188");
            String guid = imported(idevid.publicArea(device));
            enrolled(enrollSh(DeviceShell.DASH, device, "--key-handle", "0x81020000", "--ak-handle", "0x81010188", "--guid", guid), guid, name);
        }
    }

    /** An ordinary attestation key of the same TPM does as well. */
    @Test
    void enrolsAnIdevidBesideAnAttestationKeyThatIsThere() throws IOException {
        try (TpmDevice device = device()) {
            device.keepAk();
            String ak = nameAt(device, AK_HANDLE);
            String name = Template.IDEVID_EC256.create(device, false);
            String guid = imported(Template.IDEVID_EC256.publicArea(device));
            enrolled(enrollSh(DeviceShell.DASH, device, "--idevid", "ec256", "--guid", guid), guid, name);
            assertThat(nameAt(device, AK_HANDLE)).isEqualTo(ak);
        }
    }

    @Test
    void refusesTheIdevidOfAnotherTpm() throws IOException {
        try (TpmDevice device = device(); TpmDevice other = device()) {
            Template.IDEVID_EC256.create(device, false);
            String guid = imported(Template.IDEVID_EC256.publicArea(device));
            Commands.Result refused = enrollSh(DeviceShell.DASH, other, "--idevid", "ec256", "--guid", guid);
            assertThat(refused.exitCode()).as(refused.output()).isEqualTo(3);
            assertThat(refused.output())
                    .contains("another template; try --idevid-unique xy, or --key-handle if the TPM keeps it")
                    .contains("refused: VOUCHER_KEY_MISMATCH: the voucher of this GUID is for another device key");
            assertThat(shown(guid)).doesNotContain("the device's key was enrolled here");
        }
    }

    /** The one signs anything, and forged quotes too; the other signs nothing that FDO asks it to. */
    @Test
    void takesNeitherKeyForTheOther() {
        try (TpmDevice device = device()) {
            Template.IDEVID_EC256.create(device, false);
            Template.IAK_EC256.create(device, false);
            device.tpm().run("evictcontrol", "-C", "o", "-c", "IDEVID_EC256.ctx", "0x81020000");
            device.tpm().run("evictcontrol", "-C", "o", "-c", "IAK_EC256.ctx", "0x81010188");
            Commands.Result idevidAsAk = enrollSh(DeviceShell.DASH, device, "--idevid", "ec256", "--ak-handle", "0x81020000");
            assertThat(idevidAsAk.output()).contains("refused: AK_NOT_RESTRICTED: ");
            Commands.Result iakAsDeviceKey = enrollSh(DeviceShell.DASH, device, "--key-handle", "0x81010188");
            assertThat(iakAsDeviceKey.output()).contains("refused: OBJECT_IS_RESTRICTED: ");
        }
    }

    /** One that nobody but its maker can follow. */
    @Test
    void saysThatItDoesNotKnowAPolicy() {
        try (TpmDevice device = device()) {
            device.tpm().run("createprimary", "-C", "e", "-g", "sha256", "-G", "ecc256:ecdsa-sha256:null", "-a", ATTRIBUTES, "-L", "5a".repeat(32),
                    "-c", "own.ctx");
            device.tpm().run("evictcontrol", "-C", "o", "-c", "own.ctx", "0x81020000");
            Commands.Result refused = enrollSh(DeviceShell.DASH, device, "--key-handle", "0x81020000");
            assertThat(refused.exitCode()).as(refused.output()).isEqualTo(3);
            assertThat(refused.output()).contains("the policy of the key 0x81020000 is not one of the TCG's for P-256 and P-384; name another key");
        }
    }

    @Test
    void saysHowItIsUsed() {
        try (TpmDevice device = device()) {
            assertThat(enrollSh(DeviceShell.DASH, device, "--idevid", "rsa").output()).contains("--key and --idevid are ec256 or ec384");
            Commands.Result unique = enrollSh(DeviceShell.DASH, device, "--idevid", "ec256", "--idevid-unique", "y");
            assertThat(unique.output()).contains("--idevid-unique is x or xy");
            Commands.Result twice = enrollSh(DeviceShell.DASH, device, "--idevid", "ec256", "--key-handle", "0x81020000");
            assertThat(twice.exitCode()).isEqualTo(2);
            assertThat(twice.output()).contains("the device key is told by one of --key, --key-handle and --idevid");
        }
    }
}
