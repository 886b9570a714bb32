package dev.slipway.simulator;

import dev.slipway.bytes.Bytes;
import dev.slipway.bytes.SecretBytes;
import dev.slipway.fdo.type.RandomSource;
import dev.slipway.tpm.Marshal;
import dev.slipway.tpm.PcrSelection;
import dev.slipway.tpm.TpmHash;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.Base64;
import java.util.function.Supplier;

/** A virtual device with a TPM: it is enrolled in the factory, and gets its config for a quote, again and again. */
public final class TpmDevice {

    /** What a boot consists of, for {@link Latencies}. */
    public enum Step {
        CHALLENGE,
        EVIDENCE,
        CONFIG
    }

    private final VirtualDevice device;
    private final VirtualTpm tpm;
    private final AttestClient client;

    public TpmDevice(VirtualDevice device, VirtualVendor vendor, HttpClient http, URI service, RandomSource random) {
        this.device = device;
        this.tpm = new VirtualTpm(vendor, device.key(), random);
        this.client = new AttestClient(http, service);
    }

    public String guid() {
        return device.credential().guid().toString();
    }

    /** Device initialisation, and the proof that its key is in the TPM. */
    public void initialize(URI manufacturer) {
        device.initialize(manufacturer);
        AttestClient.Answer challenge = client.post("/attest/v1/enrollments", new AttestClient.Question()
                .with("guid", guid())
                .with("ek_pub", Marshal.sized(tpm.ek().bytes()))
                .with("ek_cert", tpm.ekCertificate())
                .with("ak_pub", Marshal.sized(tpm.ak().bytes()))
                .with("device_pub", Marshal.sized(tpm.deviceKey().bytes())));
        Bytes proof = TpmHash.TPM_ALG_SHA256.digest(
                challenge.octets("nonce"),
                open(tpm.activate(tpm.ak(), challenge.octets("ak_credential"))),
                open(tpm.activate(tpm.deviceKey(), challenge.octets("device_credential"))));
        VirtualTpm.Attested certified = tpm.certifyDeviceKey(proof);
        client.post("/attest/v1/enrollments/" + challenge.text("enrollment_id") + "/proof", new AttestClient.Question()
                .with("proof", proof.toHex())
                .with("certify", certified.attest())
                .with("certify_sig", certified.signature()));
    }

    /** Boots, attests to it, and fetches its config with the ticket that only its TPM opens. */
    public Bytes boot(MeasuredBoot boot, Latencies latencies) {
        tpm.reset();
        AttestClient.Answer challenge =
                timed(latencies, Step.CHALLENGE, () -> client.post("/attest/v1/challenges", new AttestClient.Question().with("guid", guid())));
        PcrSelection selection = PcrSelection.parse(challenge.text("pcr_selection"));
        VirtualTpm.Attested quote = tpm.quote(boot, selection, challenge.octets("nonce"));
        AttestClient.Answer released = timed(latencies, Step.EVIDENCE, () -> client.post("/attest/v1/evidence", new AttestClient.Question()
                .with("session", challenge.text("session"))
                .with("quote", quote.attest())
                .with("signature", quote.signature())
                .with("pcrs", VirtualTpm.values(boot, selection))
                .with("event_log", boot.log())));
        Bytes ticket = open(tpm.activate(tpm.ak(), released.octets("token_credential")));
        String authorization = "Bearer " + Base64.getUrlEncoder().withoutPadding().encodeToString(ticket.toArray());
        return timed(latencies, Step.CONFIG, () -> client.get("/ignition/v1/config", authorization));
    }

    private static <T> T timed(Latencies latencies, Step step, Supplier<T> work) {
        long started = System.nanoTime();
        T result = work.get();
        latencies.record(step.ordinal(), System.nanoTime() - started);
        return result;
    }

    private static Bytes open(SecretBytes secret) {
        return secret.slice(0, secret.length());
    }
}
