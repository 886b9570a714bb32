package dev.slipway.ops;

import dev.slipway.admin.OperatorTokens;
import dev.slipway.fdo.di.FirstOwner;
import dev.slipway.fdo.di.ManufacturingPolicy;
import dev.slipway.fdo.key.DeviceCa;
import dev.slipway.fdo.key.ManufacturerKeys;
import dev.slipway.fdo.key.OwnerKeys;
import dev.slipway.fdo.key.TpmPolicy;
import dev.slipway.fdo.rendezvous.Announcer;
import dev.slipway.fdo.rendezvous.RegistrationPolicy;
import dev.slipway.fdo.rendezvous.RegistrationVerifier;
import dev.slipway.fdo.serviceinfo.OwnerServiceInfo;
import dev.slipway.fdo.serviceinfo.Plan;
import dev.slipway.fdo.session.MemorySessionStore;
import dev.slipway.fdo.session.SessionLimits;
import dev.slipway.fdo.session.SessionStore;
import dev.slipway.fdo.to2.CredentialPolicy;
import dev.slipway.fdo.type.KeyType;
import dev.slipway.fdo.type.RandomSource;
import dev.slipway.fdo.type.RendezvousInfo;
import dev.slipway.fdo.voucher.TrustAnchors;
import dev.slipway.fdo.voucher.VoucherVerifier;
import dev.slipway.ignition.ticket.ConfigSeal;
import dev.slipway.keystore.KeyFolder;
import dev.slipway.transport.ChallengeRate;
import dev.slipway.transport.ManufacturingNetworks;
import dev.slipway.transport.MessageGate;
import dev.slipway.transport.RefusalBudget;
import dev.slipway.transport.Stations;
import dev.slipway.transport.fdo.ServedProtocols;
import dev.slipway.transport.fdo.TransportLimits;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Makes the parts of the core from the configuration. */
@Singleton
final class Wiring {

    private static final Logger LOG = Logger.getLogger(Wiring.class);

    private final SlipwayConfig config;
    private final Clock clock = Clock.systemUTC();
    private final RandomSource random = new SystemRandom();
    private final KeyFolder folder;
    private final KeyRing keys;
    private final ServiceUrls urls;

    Wiring(SlipwayConfig config) {
        this.config = config;
        LOG.infof("cryptography by %s", CryptoProviders.install());
        this.folder = KeyRing.folder(config.data(), config.keys().passphraseFile(), random, clock);
        this.keys = KeyRing.of(folder, random);
        this.urls = new ServiceUrls(config);
    }

    @Produces
    @Singleton
    Clock clock() {
        return clock;
    }

    @Produces
    @Singleton
    RandomSource randomSource() {
        return random;
    }

    @Produces
    @Singleton
    KeyFolder keyFolder() {
        return folder;
    }

    @Produces
    @Singleton
    ConfigSeal configSeal() {
        return keys.configSeal();
    }

    @Produces
    @Singleton
    ManufacturerKeys manufacturerKeys() {
        return keys.manufacturer();
    }

    @Produces
    @Singleton
    OwnerKeys ownerKeys() {
        return keys.owner();
    }

    @Produces
    @Singleton
    DeviceCa deviceCa() {
        return keys.deviceCa();
    }

    @Produces
    @Singleton
    OperatorTokens operatorTokens() {
        ApiTokenFile file = new ApiTokenFile(config.data(), clock);
        file.prepare(random);
        return file;
    }

    @Produces
    @Singleton
    ManufacturingNetworks manufacturingNetworks() {
        return new ManufacturingNetworks(config.manufacturer().networks().orElse(List.of()));
    }

    @Produces
    @Singleton
    TpmPolicy tpmPolicy() {
        return config.manufacturer().tpm();
    }

    @Produces
    @Singleton
    Stations stations() {
        return new StationFolder(config.data(), random, clock);
    }

    @Produces
    @Singleton
    ManufacturingPolicy manufacturingPolicy() {
        return new ManufacturingPolicy(keyType(config.manufacturer().keyType()), urls.rendezvousInfo(), firstOwner());
    }

    private FirstOwner firstOwner() {
        if (config.manufacturer().nextOwner().isPresent()) {
            return new FirstOwner.Other(NextOwnerFile.read(config.manufacturer().nextOwner().get()));
        }
        return config.roles().contains(Role.OWNER) ? new FirstOwner.Ourselves() : new FirstOwner.Nobody();
    }

    private static Optional<KeyType> keyType(String setting) {
        return switch (setting) {
            case "device" -> Optional.empty();
            case "ec256" -> Optional.of(KeyType.SECP256R1);
            case "ec384" -> Optional.of(KeyType.SECP384R1);
            default -> throw new StartException("slipway.manufacturer.key-type is '" + setting + "'; it is one of device, ec256, ec384");
        };
    }

    @Produces
    @Singleton
    CredentialPolicy credentialPolicy() {
        RendezvousInfo rvInfo = urls.rendezvousInfo();
        return new CredentialPolicy(rvInfo);
    }

    @Produces
    @Singleton
    SessionStore sessionStore() {
        return new MemorySessionStore(sessionLimits(), random, clock);
    }

    @Produces
    @Singleton
    SessionLimits sessionLimits() {
        SlipwayConfig.Limits limits = config.limits();
        return new SessionLimits(
                limits.sessions(),
                limits.sessionsPerPeer(),
                limits.sessionOctets(),
                limits.sessionOctetsPerPeer(),
                limits.repeats(),
                limits.refusals(),
                limits.sessionIdle(),
                limits.repeatTime());
    }

    @Produces
    @Singleton
    MessageGate messageGate() {
        return new MessageGate(config.limits().messages(), config.limits().messagesPerPeer());
    }

    @Produces
    @Singleton
    RefusalBudget refusalBudget() {
        return new RefusalBudget(config.limits().notedRefusals(), config.limits().notedRefusalsPerPeer(), clock.instant());
    }

    @Produces
    @Singleton
    ChallengeRate challengeRate() {
        return new ChallengeRate(config.limits().challengesPerPeer());
    }

    @Produces
    @Singleton
    TransportLimits transportLimits() {
        return new TransportLimits(config.limits().messageOctets(), config.limits().nesting());
    }

    @Produces
    @Singleton
    VoucherVerifier voucherVerifier() {
        return new VoucherVerifier(config.trust().dates() == SlipwayConfig.Trust.Dates.ENFORCE, config.limits().voucherEntries());
    }

    @Produces
    @Singleton
    RegistrationVerifier registrationVerifier(VoucherVerifier vouchers, TrustAnchors anchors) {
        RegistrationPolicy policy = new RegistrationPolicy(
                config.rendezvous().accept(), config.trust().registered().deviceCa(), config.rendezvous().maxWait());
        return new RegistrationVerifier(vouchers, policy, anchors);
    }

    @Produces
    @Singleton
    Announcer announcer() {
        Set<URI> here = config.roles().contains(Role.RENDEZVOUS) ? urls.own() : Set.of();
        return new Announcer(urls.ownerAddresses(), here, random);
    }

    @Produces
    @Singleton
    ServedProtocols servedProtocols() {
        return new ServedProtocols(config.roles().stream().flatMap(role -> role.protocols().stream()).collect(Collectors.toSet()));
    }

    @Produces
    @Singleton
    KeyRing keyRing() {
        return keys;
    }

    @Produces
    @Singleton
    ServiceUrls serviceUrls() {
        return urls;
    }

    @Produces
    @Singleton
    OwnerServiceInfo ownerServiceInfo(Plan.Source plans) {
        return new OwnerServiceInfo(plans, config.limits().rounds());
    }
}
