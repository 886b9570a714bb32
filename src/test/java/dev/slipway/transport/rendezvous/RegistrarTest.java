package dev.slipway.transport.rendezvous;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.slipway.audit.AuditEvent;
import dev.slipway.bytes.Bytes;
import dev.slipway.fdo.VoucherFixture;
import dev.slipway.fdo.key.OwnerKeys;
import dev.slipway.fdo.key.SigningKey;
import dev.slipway.fdo.owner.ListedVoucher;
import dev.slipway.fdo.owner.Registration;
import dev.slipway.fdo.owner.RegistrationStore;
import dev.slipway.fdo.owner.StoredVoucher;
import dev.slipway.fdo.owner.VoucherStore;
import dev.slipway.fdo.rendezvous.Announcement;
import dev.slipway.fdo.type.Guid;
import dev.slipway.fdo.type.KeyType;
import dev.slipway.fdo.type.PublicKey;
import dev.slipway.fdo.type.RvTo2Addr;
import dev.slipway.fdo.type.RvTo2AddrText;
import dev.slipway.fdo.voucher.VerifiedVoucher;
import dev.slipway.fdo.voucher.VoucherState;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Many registrations, at a rendezvous server that takes its time. */
class RegistrarTest {

    private static final Duration LATENCY = Duration.ofMillis(40);

    private final VoucherFixture fixture = VoucherFixture.aVoucher();
    private final SigningKey owner = new SigningKey(fixture.owner.getPrivate(), PublicKey.of(fixture.owner.getPublic()));
    private final AtomicInteger registered = new AtomicInteger();
    private final AtomicInteger atOnce = new AtomicInteger();
    private final AtomicInteger mostAtOnce = new AtomicInteger();
    private final ConcurrentHashMap<Guid, Integer> accepted = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Registration> failed = new ConcurrentLinkedQueue<>();
    private final Map<Guid, Registration> due = new ConcurrentHashMap<>();
    private volatile Runnable whileReading = () -> {};
    /** What the server waits for before it accepts. */
    private volatile CompletableFuture<Void> held = CompletableFuture.completedFuture(null);
    private HttpServer server;
    private URI here;
    private URI nobody;
    private VerifiedVoucher voucher;
    private Registrar registrar;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/fdo/101/msg/20", exchange -> answer(exchange, 21, "8150" + "00".repeat(16)));
        server.createContext("/fdo/101/msg/22", exchange -> {
            registered.incrementAndGet();
            held.join();
            answer(exchange, 23, "81190e10");
        });
        server.start();
        here = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = URI.create("http://127.0.0.1:" + gone.getLocalPort());
        }
        voucher = VerifiedVoucher.fromStorage(fixture.withRvInfo("82" + directive(here) + directive(nobody)).decoded());
        RvTo2Addr addresses = new RvTo2Addr(List.of(RvTo2AddrText.parse("dns=localhost port=8080 protocol=http")));
        RegistrarPolicy policy = new RegistrarPolicy(true, addresses, Duration.ofDays(30), 32);
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .build();
        registrar = new Registrar(
                new Registrations(),
                new Vouchers(),
                new Keys(),
                new RendezvousClient(http, policy),
                policy,
                VoucherFixture::random,
                Clock.systemUTC());
    }

    @AfterEach
    void stop() {
        registrar.stop(new ShutdownEvent());
        server.stop(0);
    }

    private void answer(HttpExchange exchange, int message, String body) throws IOException {
        mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
        exchange.getRequestBody().readAllBytes();
        pause(LATENCY);
        byte[] octets = Bytes.fromHex(body).toArray();
        exchange.getResponseHeaders().add("Message-Type", Integer.toString(message));
        exchange.getResponseHeaders().add("Authorization", "Bearer x");
        exchange.getResponseHeaders().add("Content-Type", "application/cbor");
        atOnce.decrementAndGet();
        exchange.sendResponseHeaders(200, octets.length);
        exchange.getResponseBody().write(octets);
        exchange.close();
    }

    private static void pause(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** {@code [[2, bstr .cbor h'7f000001'], [4, bstr .cbor PORT], [12, bstr .cbor 1]]} */
    private static String directive(URI server) {
        return "83" + "820245447f000001" + "820443" + "19" + String.format("%04x", server.getPort()) + "820c4101";
    }

    private Guid wanted(URI server) {
        Guid guid = new Guid(VoucherFixture.random(16));
        due.put(guid, new Registration(
                guid, server, Instant.now(), false, Optional.empty(), 0, Optional.empty(), Optional.empty()));
        return guid;
    }

    private void await(int count) {
        for (int i = 0; i < 600 && accepted.size() < count; i++) {
            pause(Duration.ofMillis(50));
        }
        assertThat(accepted).hasSize(count);
    }

    /** Two answers of 40 ms each, 32 at once: 400 a second, if nobody waits between them. */
    @Test
    void registersHundredsInASecond() {
        for (int i = 0; i < 1_600; i++) {
            wanted(here);
        }
        Instant started = Instant.now();
        registrar.start(new StartupEvent());
        await(1_600);
        assertThat(Duration.between(started, Instant.now())).isLessThan(Duration.ofSeconds(10));
        assertThat(mostAtOnce.get()).isBetween(17, 32);
        assertThat(registered.get()).as("each once").isEqualTo(1_600);
        assertThat(accepted.values()).containsOnly(1);
    }

    /** What was being done while storage was read has been done when it was read. */
    @Test
    void registersNothingTwice() {
        Guid guid = wanted(here);
        CompletableFuture<Void> read = new CompletableFuture<>();
        held = new CompletableFuture<>();
        whileReading = () -> {
            if (registered.get() == 1 && held.complete(null)) {
                await(1);
                pause(Duration.ofMillis(300));
                read.complete(null);
            }
        };
        registrar.start(new StartupEvent());
        read.orTimeout(20, TimeUnit.SECONDS).join();
        pause(Duration.ofMillis(500));
        assertThat(registered.get()).isEqualTo(1);
        assertThat(accepted).containsEntry(guid, 1);
    }

    /** One that does not answer keeps nobody waiting, and is asked one by one until it does. */
    @Test
    void goesOnWithOthersWhereAServerIsGone() {
        for (int i = 0; i < 500; i++) {
            wanted(nobody);
        }
        for (int i = 0; i < 50; i++) {
            wanted(here);
        }
        registrar.start(new StartupEvent());
        await(50);
        pause(Duration.ofSeconds(1));
        assertThat(failed).hasSizeBetween(1, 40);
    }

    private final class Registrations implements RegistrationStore {

        @Override
        public List<Registration> due(Instant now, int limit, Set<URI> except) {
            List<Registration> found = new ArrayList<>(due.values().stream()
                    .filter(registration -> !registration.nextAttempt().isAfter(now) && !except.contains(registration.server()))
                    .limit(limit)
                    .toList());
            whileReading.run();
            return found;
        }

        @Override
        public List<Registration> of(Guid guid) {
            return List.of();
        }

        @Override
        public void accepted(
                Registration registration, Instant at, Optional<Instant> grantedUntil, Instant nextAttempt, Bytes addresses, AuditEvent event) {
            due.remove(registration.guid());
            accepted.merge(registration.guid(), 1, Integer::sum);
        }

        @Override
        public void failed(Registration registration, Instant at, String error, Instant nextAttempt) {
            failed.add(registration);
            due.computeIfPresent(registration.guid(), (guid, before) -> new Registration(
                    guid, before.server(), nextAttempt, false, Optional.empty(), before.failures() + 1, Optional.of(error), Optional.of(at)));
        }

        @Override
        public int makeDueUnlessTold(Bytes addresses, Instant now) {
            return 0;
        }
    }

    /** One and the same, for every GUID. */
    private final class Vouchers implements VoucherStore {

        @Override
        public Optional<StoredVoucher> find(Guid guid) {
            return Optional.of(new StoredVoucher(voucher, VoucherState.ACTIVE, StoredVoucher.Source.IMPORTED, true, Instant.now(), ""));
        }

        @Override
        public List<ListedVoucher> list(Optional<Position> after, int limit) {
            return List.of();
        }

        @Override
        public CompletableFuture<Added> add(Imported imported) {
            throw new AssertionError("nobody adds one here");
        }

        @Override
        public void extend(StoredVoucher before, VerifiedVoucher extended, VoucherState state, Announcement announcement, AuditEvent event) {
            throw new AssertionError("nobody extends one here");
        }
    }

    private final class Keys implements OwnerKeys {

        @Override
        public SigningKey of(KeyType type) {
            return owner;
        }

        @Override
        public Optional<SigningKey> find(PublicKey publicKey) {
            return Optional.of(owner);
        }

        @Override
        public List<PublicKey> list() {
            return List.of(owner.publicKey());
        }

        @Override
        public void add(SigningKey key) {
            throw new AssertionError("nobody adds one here");
        }
    }
}
