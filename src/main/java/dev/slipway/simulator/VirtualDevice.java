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
import dev.slipway.fdo.type.RvUrls;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A device with a software key: it is initialised in the factory, and onboards, again and again. */
public final class VirtualDevice {

    /** How a device is made. */
    public record Model(KeyType keyType, KexSuite kexSuite, CipherSuite cipherSuite, String deviceInfo) {}

    /**
     * Where TO2 happens.
     *
     * @param urls in the order to try them
     * @param to1d what a rendezvous server said; absent where it was bypassed
     */
    public record Owner(List<URI> urls, Optional<To1d> to1d) {

        private static Owner of(To1d to1d) {
            return new Owner(to1d.addresses().entries().stream().flatMap(entry -> RvUrls.of(entry).stream()).toList(), Optional.of(to1d));
        }
    }

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
        credential = new DiRun(client(manufacturer), key.type(), key.certificateRequest(), random).run(serial, model.deviceInfo());
    }

    /** Finds its owner and onboards with him; the files that it got. A directive that leads nowhere is followed by the next. */
    public Map<String, Bytes> onboard(Patience patience) {
        return Itinerary.of(credential.rvInfo()).travel(patience, random, stop -> onboard(owner(stop)));
    }

    /** The first half of it: TO1, with the first rendezvous server that answers, unless a directive bypasses it. */
    public Owner findOwner() {
        return Itinerary.of(credential.rvInfo()).travel(Patience.ONE_ROUND, random, this::owner);
    }

    private Owner owner(Itinerary.Stop stop) {
        return stop.bypass()
                ? new Owner(stop.urls(), Optional.empty())
                : Owner.of(first(stop.urls(), "rendezvous server", url -> new To1Run(client(url), key, credential.guid()).run()));
    }

    /** The second half: TO2, with the first address of the owner that answers; the files that the device got. */
    public Map<String, Bytes> onboard(Owner owner) {
        return first(owner.urls(), "owner", url -> {
            DeviceServiceInfo serviceInfo = serviceInfo();
            credential = to2(url).run(owner.to1d(), serviceInfo);
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
