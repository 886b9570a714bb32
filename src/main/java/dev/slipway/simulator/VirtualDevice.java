package dev.slipway.simulator;

import dev.slipway.bytes.Bytes;
import dev.slipway.client.FdoClient;
import dev.slipway.client.PeerError;
import dev.slipway.failure.Failure;
import dev.slipway.fdo.kex.CipherSuite;
import dev.slipway.fdo.kex.KexSuite;
import dev.slipway.fdo.rendezvous.To1d;
import dev.slipway.fdo.type.KeyType;
import dev.slipway.fdo.type.RandomSource;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A device with a software key: it is initialised in the factory, and onboards, again and again. */
public final class VirtualDevice {

    /** How a device is made. */
    public record Model(KeyType keyType, KexSuite kexSuite, CipherSuite cipherSuite, String deviceInfo) {}

    private final Model model;
    private final String serial;
    private final DeviceKey key;
    private final HttpClient http;
    private final Latencies latencies;
    private final RandomSource random;
    private DeviceCredential credential;

    public VirtualDevice(Model model, String serial, HttpClient http, Latencies latencies, RandomSource random) {
        this.model = model;
        this.serial = serial;
        this.key = DeviceKey.generate(model.keyType());
        this.http = http;
        this.latencies = latencies;
        this.random = random;
    }

    public DeviceCredential credential() {
        return credential;
    }

    public DeviceKey key() {
        return key;
    }

    public FdoClient client(URI base) {
        return new FdoClient(http, base, latencies::record);
    }

    public To2Run to2(URI owner) {
        return new To2Run(client(owner), key, credential, model.kexSuite(), model.cipherSuite(), random);
    }

    /** A device's service info as it begins. */
    public DeviceServiceInfo serviceInfo() {
        return new DeviceServiceInfo(model.deviceInfo(), serial);
    }

    /** Device initialisation. */
    public void initialize(URI manufacturer) {
        credential = new DiRun(client(manufacturer), key, random).run(serial, model.deviceInfo());
    }

    /** TO1, with the first rendezvous server that answers. */
    public To1d findOwner() {
        return first(Addresses.of(credential.rvInfo()), "rendezvous server", url -> new To1Run(client(url), key, credential.guid()).run());
    }

    /** TO2, with the first address of the owner that answers; the files that the device got. */
    public Map<String, Bytes> onboard(To1d to1d) {
        return first(Addresses.of(to1d.addresses()), "owner", url -> {
            DeviceServiceInfo serviceInfo = serviceInfo();
            credential = to2(url).run(to1d, serviceInfo);
            return serviceInfo.files();
        });
    }

    private static <T> T first(List<URI> urls, String what, Function<URI, T> attempt) {
        RuntimeException last = new CheckFailed("no address of a " + what);
        for (URI url : urls) {
            try {
                return attempt.apply(url);
            } catch (PeerError | CheckFailed | Failure e) {
                last = e;
            }
        }
        throw last;
    }
}
