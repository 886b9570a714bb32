package dev.slipway.cli;

import dev.slipway.bytes.Bytes;
import dev.slipway.fdo.type.CertificateChain;
import dev.slipway.fdo.type.Guid;
import dev.slipway.fdo.type.HashType;
import dev.slipway.fdo.type.PublicKey;
import dev.slipway.fdo.voucher.OwnershipVoucher;
import dev.slipway.fdo.voucher.VoucherPem;
import dev.slipway.fdo.voucher.VoucherVerifier;
import dev.slipway.ignition.DeviceFacts;
import dev.slipway.ignition.ParameterValues;
import dev.slipway.ignition.Profile;
import dev.slipway.ignition.RenderedConfig;
import dev.slipway.ops.ParameterFile;
import dev.slipway.ops.ProfileFolder;
import dev.slipway.ops.SystemRandom;
import dev.slipway.simulator.Latencies;
import dev.slipway.simulator.VirtualDevice;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/** One device from the factory to its config, told step by step to a person. */
final class DemoStory {

    private static final String PROFILE = "edge-gateway";
    static final String CONFIG_FILE = "/etc/slipway/config.ign";
    static final int STEPS = 6;
    private static final int OK = 200;

    private final ServiceProcess service;
    private final HttpClient http;
    private final VirtualDevice.Model model;
    private final PrintWriter out;
    private final SystemRandom random = new SystemRandom();

    DemoStory(ServiceProcess service, HttpClient http, VirtualDevice.Model model, PrintWriter out) {
        this.service = service;
        this.http = http;
        this.model = model;
        this.out = out;
    }

    /** @throws IllegalStateException if the device does not get the config that was rendered for it */
    void tell() throws IOException, InterruptedException {
        String serial = "DEMO-" + random.next(3).toHex().toUpperCase(Locale.ROOT);
        VirtualDevice device = new VirtualDevice(model, serial, http, new Latencies(), random);
        device.initialize(service.url());
        Guid guid = device.credential().guid();
        step(1, "Factory: device %s is initialised (DI). Its key stays in it; its GUID is %s.", serial, guid);
        tellVoucher(fetchVoucher(guid));
        VirtualDevice.Owner owner = device.findOwner();
        step(4, owner.to1d().isPresent()
                ? "Rendezvous: the owner is registered. The device proves itself (TO1) and is told where to go:"
                : "Rendezvous: none, the device was told in the factory where to go:");
        owner.urls().forEach(url -> detail("%s port %d over %s", url.getHost(), url.getPort(), url.getScheme().toUpperCase(Locale.ROOT)));
        Bytes config = device.onboard(owner).get(CONFIG_FILE);
        step(5, "First boot: device and owner prove themselves to each other (TO2, %s, %s).", model.kexSuite(), model.cipherSuite());
        detail("the device has a new GUID now, %s, and can onboard again", device.credential().guid());
        tellConfig(config, new DeviceFacts(guid.toString(), serial, model.deviceInfo(), "", Map.of()));
    }

    private OwnershipVoucher fetchVoucher(Guid guid) throws IOException, InterruptedException {
        String token = Files.readString(service.data().resolve("api-token")).strip();
        URI url = service.url().resolve("/api/v1/vouchers/" + guid);
        HttpRequest request = HttpRequest.newBuilder(url).header("Authorization", "Bearer " + token).header("Accept", ApiClient.PEM).build();
        HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        if (response.statusCode() != OK) {
            throw new IllegalStateException("the service has no voucher for " + guid + ": HTTP " + response.statusCode());
        }
        return VoucherPem.decode(Bytes.owning(response.body())).get(0);
    }

    private void tellVoucher(OwnershipVoucher voucher) {
        new VoucherVerifier(true).verify(voucher, Instant.now());
        CertificateChain chain = voucher.deviceChain().orElseThrow();
        step(2, "Its ownership voucher, %d octets, every check passed:", voucher.encoded().length());
        VoucherPem.encode(voucher).lines().limit(3).forEach(line -> detail("%s", line));
        detail("…");
        detail("device      %s", chain.certificates().get(0).getSubjectX500Principal());
        detail("certified   %s", chain.certificates().get(0).getIssuerX500Principal());
        detail("made by     key %s", fingerprint(voucher.header().value().manufacturerKey()));
        step(3, "The manufacturer extended it to the owner, with %d signed entry:", voucher.entries().size());
        voucher.entries().forEach(entry -> detail("owned by    key %s", fingerprint(entry.payload().publicKey())));
    }

    private void tellConfig(Bytes received, DeviceFacts facts) {
        if (received == null) {
            throw new IllegalStateException("no " + CONFIG_FILE + " arrived");
        }
        Profile profile = ProfileFolder.of(Path.of(System.getProperty("slipway.home"), "config-templates"), PROFILE).parse();
        ParameterValues parameters = new ParameterFile(service.data().resolve("parameters.yaml"), random).load(profile);
        RenderedConfig expected = profile.render(facts, parameters);
        if (!received.equals(expected.octets().slice(0, expected.octets().length()))) {
            throw new IllegalStateException("the config that arrived is not the one that is rendered for this device");
        }
        step(6, "It received its own Ignition config, %d octets as %s (secrets masked here):", received.length(), CONFIG_FILE);
        out.println(profile.renderMasked(facts, parameters).indent(3).stripTrailing());
        out.flush();
    }

    /** The first octets of the key's SHA-256. */
    private static String fingerprint(PublicKey key) {
        return key.type() + " " + HashType.SHA256.hash(Bytes.owning(key.key().getEncoded())).value().slice(0, 8).toHex();
    }

    private void step(int number, String format, Object... values) {
        out.printf("%n%d. %s%n", number, String.format(Locale.ROOT, format, values));
        out.flush();
    }

    private void detail(String format, Object... values) {
        out.printf("   %s%n", String.format(Locale.ROOT, format, values));
        out.flush();
    }
}
