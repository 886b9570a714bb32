package dev.slipway.ops;

import dev.slipway.audit.AuditLog;
import dev.slipway.client.TlsTrust;
import dev.slipway.device.DeviceKeys;
import dev.slipway.fdo.key.ManufacturerKeys;
import dev.slipway.fdo.key.OwnerKeys;
import dev.slipway.fdo.owner.OwnBlobs;
import dev.slipway.fdo.owner.Reannouncer;
import dev.slipway.fdo.owner.VoucherHandover;
import dev.slipway.fdo.owner.VoucherImporter;
import dev.slipway.fdo.owner.VoucherStore;
import dev.slipway.fdo.rendezvous.Announcer;
import dev.slipway.fdo.voucher.FirstEntryEvidence;
import dev.slipway.fdo.voucher.TpmBacking;
import dev.slipway.fdo.voucher.TrustAnchors;
import dev.slipway.fdo.voucher.TrustPolicy;
import dev.slipway.fdo.voucher.TrustStore;
import dev.slipway.fdo.voucher.VoucherTrust;
import dev.slipway.fdo.voucher.VoucherVerifier;
import dev.slipway.transport.rendezvous.RegistrarPolicy;
import dev.slipway.transport.rendezvous.RendezvousClient;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/** Makes the parts that are about vouchers and where they come from. */
@Singleton
final class OwnerWiring {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private final SlipwayConfig config;

    OwnerWiring(SlipwayConfig config) {
        this.config = config;
    }

    @Produces
    @Singleton
    TrustAnchors trustAnchors(TrustStore store, KeyRing keys) {
        return new ListedAnchors(store, keys);
    }

    @Produces
    @Singleton
    VoucherTrust voucherTrust(TrustAnchors anchors, TpmBacking tpmBacking) {
        SlipwayConfig.Trust.Imported imported = config.trust().imported();
        return new VoucherTrust(new TrustPolicy(imported.deviceCa(), imported.manufacturer(), imported.tpm()), anchors, tpmBacking);
    }

    @Produces
    @Singleton
    DeviceKeys deviceKeys(VoucherStore store, VoucherTrust trust) {
        return new VoucherKeys(store::find, trust);
    }

    @Produces
    @Singleton
    VoucherImporter voucherImporter(
            VoucherVerifier verifier,
            VoucherTrust trust,
            OwnerKeys ownerKeys,
            Announcer announcer,
            VoucherStore store,
            AuditLog audit,
            Clock clock) {
        boolean onboards = config.roles().contains(Role.OWNER);
        return new VoucherImporter(verifier, trust, ownerKeys, announcer, store, audit, onboards, clock);
    }

    @Produces
    @Singleton
    VoucherHandover voucherHandover(
            ManufacturerKeys manufacturerKeys,
            OwnerKeys ownerKeys,
            Announcer announcer,
            VoucherStore store,
            FirstEntryEvidence evidence,
            Clock clock) {
        return new VoucherHandover(manufacturerKeys, ownerKeys, announcer, store, evidence, clock);
    }

    @Produces
    @Singleton
    Reannouncer reannouncer(OwnBlobs blobs, VoucherStore store, OwnerKeys ownerKeys, Announcer announcer) {
        return new Reannouncer(blobs, store, ownerKeys, announcer);
    }

    @Produces
    @Singleton
    RegistrarPolicy registrarPolicy(ServiceUrls urls) {
        SlipwayConfig.Owner owner = config.owner();
        boolean active = config.roles().contains(Role.OWNER);
        return new RegistrarPolicy(active, urls.ownerAddresses(), owner.registrationTime(), owner.registrationsAtOnce());
    }

    @Produces
    @Singleton
    RendezvousClient rendezvousClient(RegistrarPolicy policy) {
        HttpClient.Builder http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_TIMEOUT)
                .executor(Executors.newVirtualThreadPerTaskExecutor());
        switch (config.owner().rendezvousTls()) {
            case "system" -> {}
            case "any" -> http.sslContext(TlsTrust.anybody());
            default -> http.sslContext(believing(config.owner().rendezvousTls()));
        }
        return new RendezvousClient(http.build(), policy);
    }

    private static SSLContext believing(String file) {
        try {
            return TlsTrust.of(Path.of(file));
        } catch (IllegalArgumentException e) {
            throw new StartException("slipway.owner.rendezvous-tls is 'system', 'any' or a PEM file: " + e.getMessage());
        }
    }
}
