package dev.slipway.ignition.ticket;

import dev.slipway.bytes.Bytes;
import dev.slipway.device.Device;
import dev.slipway.device.DeviceKeys;
import dev.slipway.device.DeviceRepository;
import dev.slipway.device.DeviceState;
import dev.slipway.failure.Failure.NotYet;
import dev.slipway.fdo.VoucherFixture;
import dev.slipway.fdo.type.Guid;
import dev.slipway.ignition.AvailableProfile;
import dev.slipway.ignition.ConfigChanges;
import dev.slipway.ignition.DeviceConfig;
import dev.slipway.ignition.DeviceConfigs;
import dev.slipway.ignition.ParameterValue;
import dev.slipway.ignition.PointerConfig;
import dev.slipway.ignition.Profile;
import dev.slipway.ignition.ProfileSource;
import dev.slipway.ignition.RenderedConfig;
import dev.slipway.ignition.ticket.ConfigRequest.Consumer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Everything about tickets, with storage in memory, and a clock and a profile that a test sets. */
final class TicketOffice implements DeviceRepository {

    static final Instant BEGIN = Instant.parse("2026-11-24T08:00:00Z");
    static final Guid GUID = Guid.parse("7f3b2a90-5c1d-4e8f-9a60-1b2c3d4e5f60");
    static final Consumer MACHINE = new Consumer("192.0.2.7", "Ignition/2.27.0");
    static final Consumer STRANGER = new Consumer("198.51.100.9", "curl/8");
    static final int REQUESTS_PER_MINUTE = 5;

    private static final Pattern TOKEN = Pattern.compile("\"value\":\"(Bearer [A-Za-z0-9_-]{43})\"");

    final MemoryTickets store = new MemoryTickets();
    private final Map<Guid, Device> devices = new HashMap<>();
    private Instant now = BEGIN;
    private final ConfigChanges changes = new ConfigChanges();
    private boolean assigned = true;
    DeviceConfig config;
    boolean inTpm;
    int asked;
    int deviceReads;
    Runnable afterReading = () -> {};
    private String proof = "none";
    private String audience = "https://slipway.example:8443/ignition/v1/config";
    private String secret = "s3cret";
    private String inline = "{{ device.serial }} {{ device.guid }} {{ param.secret }}";
    private ConfigService service;
    private TicketMint mint;

    TicketOffice() {
        register(GUID, DeviceState.ANNOUNCED);
        open();
    }

    /** Makes the services anew, as a restart does. */
    private void open() {
        Profile profile = Profile.parse(new ProfileSource("kiosk", documents(), Set.of()));
        config = DeviceConfig.of(
                List.of(new AvailableProfile(profile, source -> null)), Map.of("secret", new ParameterValue.Text(secret)), Set.of(), Map.of(),
                () -> new DeviceKeys.Residency(inTpm, "what is known"));
        DeviceConfigs configs = device -> {
            asked++;
            if (!assigned) {
                throw new NotYet("nobody has decided");
            }
            return config;
        };
        TicketPolicy policy = new TicketPolicy(URI.create(audience), "PEM\n", Duration.ofHours(1), REQUESTS_PER_MINUTE);
        Clock clock = new SetClock();
        service = new ConfigService(store, this, configs, changes, new AcceptedVersion(), policy, clock);
        mint = new TicketMint(store, configs, new PointerConfig(policy.configUrl(), policy.certificates()), policy, VoucherFixture::random, clock);
    }

    private Map<String, Bytes> documents() {
        return Map.of(
                "profile.yaml", bytes("proof: " + proof),
                "parameters.yaml", bytes("- {name: secret, type: string, secret: true, required: true, description: A secret.}"),
                "config.ign.json", bytes("{\"ignition\": {\"version\": \"3.4.0\"}, \"storage\": {\"files\": [{\"path\": \"/etc/x\", \"mode\": 384,"
                        + " \"contents\": {\"inline\": \"" + inline + "\"}}]}}"));
    }

    private static Bytes bytes(String text) {
        return Bytes.owning(text.getBytes(StandardCharsets.UTF_8));
    }

    void register(Guid guid, DeviceState state) {
        UUID id = new UUID(1, guid.hashCode());
        devices.put(guid, new Device(id, "SN-" + guid.toString().charAt(0), "gateway", "", Map.of(), state, List.of(guid), BEGIN, Optional.empty()));
    }

    void forget(Guid guid) {
        devices.remove(guid);
    }

    void restartWithProof(String lowest) {
        proof = lowest;
        open();
    }

    void restartWithAudience(String url) {
        audience = url;
        open();
    }

    void restartWithSecret(String value) {
        secret = value;
        open();
    }

    void restartWithTemplate(String text) {
        inline = text;
        open();
    }

    /** Nobody has decided any more what devices get. */
    void unassign() {
        assigned = false;
        changes.raise();
    }

    void assign() {
        assigned = true;
        changes.raise();
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    Instant now() {
        return now;
    }

    TicketMint mint() {
        return mint;
    }

    Device device(Guid guid) {
        return devices.get(guid);
    }

    /** A token that is good for a config. */
    Optional<TicketToken> approved() {
        return token(mint.approve(device(GUID), "operator").pointer().orElseThrow());
    }

    Optional<TicketToken> waiting() {
        return token(mint.awaitingApproval(device(GUID), "operator", UnaryOperator.identity()));
    }

    static Optional<TicketToken> token(RenderedConfig pointer) {
        Matcher matcher = TOKEN.matcher(text(pointer));
        if (!matcher.find()) {
            throw new AssertionError("a pointer config without a ticket");
        }
        return TicketToken.fromHeader(matcher.group(1));
    }

    static String text(RenderedConfig config) {
        return new String(config.octets().toArray(), StandardCharsets.UTF_8);
    }

    ConfigAnswer get(Optional<TicketToken> token) {
        return service.serve(new ConfigRequest(token, Optional.empty(), false, MACHINE));
    }

    ConfigAnswer get(Optional<TicketToken> token, Consumer consumer) {
        return service.serve(new ConfigRequest(token, Optional.empty(), false, consumer));
    }

    ConfigAnswer get(Optional<TicketToken> token, String accept) {
        return service.serve(new ConfigRequest(token, Optional.of(accept), false, MACHINE));
    }

    ConfigAnswer look(Optional<TicketToken> token) {
        return service.serve(new ConfigRequest(token, Optional.empty(), true, MACHINE));
    }

    Optional<ConfigAnswer.Refused> report(Optional<TicketToken> token) {
        return service.report(token, MACHINE);
    }

    Ticket ticket(Optional<TicketToken> token) {
        return store.tickets.get(token.orElseThrow().hash());
    }

    @Override
    public Optional<Device> find(Guid guid) {
        deviceReads++;
        Optional<Device> found = Optional.ofNullable(devices.get(guid));
        afterReading.run();
        return found;
    }

    @Override
    public Optional<Device> find(UUID id) {
        return devices.values().stream().filter(device -> device.id().equals(id)).findFirst();
    }

    @Override
    public List<Device> list(Optional<UUID> after, int limit) {
        return List.of();
    }

    private final class SetClock extends Clock {

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
