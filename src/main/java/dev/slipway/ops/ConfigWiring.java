package dev.slipway.ops;

import dev.slipway.device.DeviceRepository;
import dev.slipway.fdo.serviceinfo.Plan;
import dev.slipway.fdo.type.RandomSource;
import dev.slipway.ignition.ConfigChanges;
import dev.slipway.ignition.DeviceConfigs;
import dev.slipway.ignition.OnboardingPlans;
import dev.slipway.ignition.PointerConfig;
import dev.slipway.ignition.ticket.AcceptedVersion;
import dev.slipway.ignition.ticket.ConfigService;
import dev.slipway.ignition.ticket.Negotiation;
import dev.slipway.ignition.ticket.TicketMint;
import dev.slipway.ignition.ticket.TicketPolicy;
import dev.slipway.ignition.ticket.TicketStore;
import dev.slipway.keystore.KeyFolder;
import dev.slipway.keystore.ServerCertificate;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Clock;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Makes the parts that are about what devices get. */
@Singleton
final class ConfigWiring {

    private final SlipwayConfig config;

    ConfigWiring(SlipwayConfig config) {
        this.config = config;
    }

    @Produces
    @Singleton
    TicketPolicy ticketPolicy(@ConfigProperty(name = "quarkus.http.ssl-port") int tlsPort, KeyFolder keys) {
        URI base = ServiceUrls.ignition(config, tlsPort);
        return new TicketPolicy(
                base.resolve("/ignition/v1/config"),
                ServerCertificate.pem(keys, config.publicUrl().getHost()),
                config.ignition().lease(),
                config.limits().configRequests());
    }

    @Produces
    @Singleton
    PointerConfig pointerConfig(TicketPolicy policy) {
        return new PointerConfig(policy.configUrl(), policy.certificates());
    }

    @Produces
    @Singleton
    Negotiation negotiation() {
        return new AcceptedVersion();
    }

    @Produces
    @Singleton
    TicketMint ticketMint(
            TicketStore tickets, DeviceConfigs configs, PointerConfig pointer, TicketPolicy policy, RandomSource random, Clock clock) {
        return new TicketMint(tickets, configs, pointer, policy, random, clock);
    }

    @Produces
    @Singleton
    ConfigService configService(
            TicketStore tickets,
            DeviceRepository devices,
            DeviceConfigs configs,
            ConfigChanges changes,
            Negotiation negotiation,
            TicketPolicy policy,
            Clock clock) {
        return new ConfigService(tickets, devices, configs, changes, negotiation, policy, clock);
    }

    @Produces
    @Singleton
    Plan.Source plans(DeviceConfigs configs, DeviceRepository devices, TicketMint mint) {
        return new OnboardingPlans(configs, devices, mint);
    }
}
