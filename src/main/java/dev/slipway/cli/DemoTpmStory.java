package dev.slipway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.client.FdoClient;
import dev.slipway.fdo.type.KeyType;
import dev.slipway.ops.SystemRandom;
import dev.slipway.simulator.DiRun;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** A device whose key is in a TPM, from the line to an attested boot, by the programs of {@code deploy}; told step by step to a person. */
final class DemoTpmStory {

    private static final int OK = 200;
    private static final String POINTER = "user.ign";

    private final ServiceProcess service;
    private final HttpClient http;
    private final PrintWriter out;
    private final SystemRandom random = new SystemRandom();

    DemoTpmStory(ServiceProcess service, HttpClient http, PrintWriter out) {
        this.service = service;
        this.http = http;
        this.out = out;
    }

    /** @param firstStep the number of its first step */
    void tell(int firstStep) throws IOException, InterruptedException {
        List<String> missing = DemoTpm.missingPrograms();
        if (!missing.isEmpty()) {
            out.printf("%nWith a TPM in software this goes on; there is no %s: apt-get install swtpm swtpm-tools tpm2-tools curl%n", String.join(", ", missing));
            out.flush();
            return;
        }
        try (TemporaryFolder folder = TemporaryFolder.make("slipway-tpm");
                DemoTpm tpm = DemoTpm.make(folder.path())) {
            tell(firstStep, tpm, new ApiClient(http, service.url(), Files.readString(service.data().resolve("api-token")).strip()));
        }
    }

    private void tell(int firstStep, DemoTpm tpm, ApiClient api) throws IOException, InterruptedException {
        api.post("trust/tpm-ca", tpm.vendorCertificates());
        step(firstStep, "Line: a device with a TPM (swtpm), whose vendor is listed (./slipway trust add tpm-ca). deploy/factory/enroll.sh has the TPM prove its keys:");
        detail(tpm.run(List.of(deploy("factory/enroll.sh"), "--url", service.url().toString(), "--ek", "rsa")));
        String serial = "TPM-" + random.next(3).toHex().toUpperCase(Locale.ROOT);
        FdoClient client = new FdoClient(http, service.url(), (message, nanoseconds) -> {});
        String guid = new DiRun(client, KeyType.SECP256R1, tpm.certificateRequest(), random).run(serial, "gateway").guid().toString();
        step(firstStep + 1, "Factory: it is initialised with that very key (DI). The check of its voucher says so:");
        detail("voucher.tpm: " + check(api.get("vouchers/" + guid), "voucher.tpm"));
        JsonNode first = boot(tpm);
        step(firstStep + 2, "First boot: deploy/dracut/90slipway shows by a quote what was booted, and gets a ticket that only this TPM opens.");
        detail("stock Ignition finds " + POINTER + ", fetches " + url(first));
        detail("and gets the config of " + serial + ", " + config(first) + " octets; proved: " + proof(api, guid));
        api.post("enrollments/" + guid + "/accept-boot", new byte[0]);
        JsonNode second = boot(tpm);
        step(firstStep + 3, "An operator accepts that boot (./slipway device enrollment accept-boot); from now on the device has to show the same again.");
        detail("the next boot: " + config(second) + " octets; proved: " + proof(api, guid));
    }

    private JsonNode boot(DemoTpm tpm) throws IOException {
        tpm.boot();
        Files.writeString(tpm.folder().resolve("attest.conf"), String.join("\n",
                "URL=https://localhost:" + service.tlsUrl().getPort(), "CA=" + service.data().toAbsolutePath().resolve("keys/tls.pem"), "EK=rsa",
                "POINTER=" + POINTER, "FIRMWARE_LOG=none", "TRIES=1", ""));
        tpm.run(List.of("env", "SLIPWAY_ATTEST_CONF=" + tpm.folder().resolve("attest.conf"), deploy("dracut/90slipway/slipway-attest.sh")));
        return Json.read(Files.readAllBytes(tpm.folder().resolve(POINTER))).at("/ignition/config/replace");
    }

    private static String deploy(String program) {
        return Path.of(System.getProperty("slipway.home"), "deploy", program).toString();
    }

    private static String url(JsonNode pointer) {
        return pointer.path("source").asText();
    }

    /** What Ignition gets, in octets. */
    private int config(JsonNode pointer) throws IOException, InterruptedException {
        URI plain = service.url().resolve(URI.create(url(pointer)).getPath());
        HttpRequest request =
                HttpRequest.newBuilder(plain).header("Authorization", pointer.at("/httpHeaders/0/value").asText()).build();
        HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        if (response.statusCode() != OK) {
            throw new IllegalStateException("the ticket is not taken: HTTP " + response.statusCode());
        }
        return response.body().length;
    }

    private static String proof(ApiClient api, String guid) {
        return api.get("devices/" + guid).path("tickets").path(0).path("proof").asText();
    }

    private static String check(JsonNode voucher, String name) {
        for (JsonNode check : voucher.path("checks")) {
            if (check.path("name").asText().equals(name)) {
                return check.path("found").asText();
            }
        }
        throw new IllegalStateException("no check " + name);
    }

    private void step(int number, String text) {
        out.printf("%n%d. %s%n", number, text);
        out.flush();
    }

    private void detail(String text) {
        out.println("   " + text.strip());
        out.flush();
    }
}
