package dev.slipway.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.audit.AuditEvent;
import dev.slipway.bytes.Bytes;
import dev.slipway.device.Device;
import dev.slipway.device.DeviceState;
import dev.slipway.failure.Failure;
import dev.slipway.fdo.VoucherFixture;
import dev.slipway.fdo.di.ManufacturedDevice;
import dev.slipway.fdo.key.SigningKey;
import dev.slipway.fdo.owner.ListedVoucher;
import dev.slipway.fdo.owner.StoredVoucher;
import dev.slipway.fdo.owner.VoucherStore;
import dev.slipway.fdo.rendezvous.Announcement;
import dev.slipway.fdo.rendezvous.RendezvousBlob;
import dev.slipway.fdo.to2.Onboarding;
import dev.slipway.fdo.to2.OwnedVoucher;
import dev.slipway.fdo.type.Guid;
import dev.slipway.fdo.voucher.OwnershipVoucher;
import dev.slipway.fdo.voucher.VerifiedVoucher;
import dev.slipway.fdo.voucher.VoucherExtender;
import dev.slipway.fdo.voucher.VoucherState;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.security.KeyPair;
import java.security.PublicKey;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;
import org.junit.jupiter.api.Test;

/** The storage ports on a real database. */
@QuarkusTest
@TestProfile(DatabaseProfile.class)
class RowsTest {

    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    @Inject
    ManufacturedDevice.Repository manufactured;

    @Inject
    Onboarding.Repository onboardings;

    @Inject
    VoucherStoreRows vouchers;

    @Inject
    RendezvousRows rendezvous;

    @Inject
    DeviceRows devices;

    @Inject
    AuditRows audit;

    @Inject
    Writes writes;

    @Inject
    SessionFactory sessions;

    private final Bytes deviceKey = Bytes.owning(VoucherFixture.key("secp256r1").getPublic().getEncoded());
    private final PublicKey attestationKey = VoucherFixture.key("secp256r1").getPublic();

    private static VerifiedVoucher voucher() {
        return VerifiedVoucher.fromStorage(OwnershipVoucher.decode(uniqueVoucher()));
    }

    private static Bytes uniqueVoucher() {
        Bytes guid = VoucherFixture.random(16);
        return VoucherFixture.aVoucher().withGuidOctets(guid.toArray()).encoded();
    }

    private static AuditEvent event(Guid guid) {
        return AuditEvent.done("test.done", NOW, "device", guid.toString(), Map.of("serial", "quote \" and \n line"));
    }

    private RendezvousBlob blob(Guid guid, List<Bytes> path, Optional<Instant> expiry) {
        return new RendezvousBlob(guid, Bytes.fromHex("d284"), attestationKey, path, expiry);
    }

    private RendezvousBlob blob(Guid guid) {
        return blob(guid, List.of(VoucherFixture.random(32), VoucherFixture.random(32)), Optional.empty());
    }

    private static Announcement here(RendezvousBlob blob) {
        return new Announcement(Optional.of(blob), List.of());
    }

    private VerifiedVoucher manufacture() {
        VerifiedVoucher voucher = voucher();
        manufactured.store(new ManufacturedDevice("SN \"1\"", deviceKey, voucher, VoucherState.ACTIVE, here(blob(voucher.guid())), event(voucher.guid())));
        return voucher;
    }

    private VerifiedVoucher onboard(Guid under) {
        VerifiedVoucher replacement = voucher();
        onboardings.complete(new Onboarding(
                under, Optional.of(new Onboarding.Replacement(replacement, here(blob(replacement.guid())))), NOW, event(under)));
        return replacement;
    }

    private boolean answerable(VerifiedVoucher voucher) {
        boolean found = onboardings.find(voucher.guid()).isPresent();
        assertThat(rendezvous.find(voucher.guid(), NOW).isPresent()).as("registration goes with the voucher").isEqualTo(found);
        return found;
    }

    @Test
    void keepsAVoucherOctetByOctet() {
        VerifiedVoucher made = manufacture();
        OwnedVoucher owned = onboardings.find(made.guid()).orElseThrow();
        assertThat(owned.voucher().voucher().encoded()).isEqualTo(made.voucher().encoded());
        assertThat(owned.predecessor()).isEmpty();
        Device device = devices.find(made.guid()).orElseThrow();
        assertThat(device.serial()).isEqualTo("SN \"1\"");
        assertThat(device.state()).isEqualTo(DeviceState.ANNOUNCED);
        assertThat(device.since()).isEqualTo(NOW);
    }

    @Test
    void keepsTheOldGuidUntilTheNewOneIsSeen() {
        VerifiedVoucher first = manufacture();
        VerifiedVoucher second = onboard(first.guid());
        assertThat(answerable(first)).isTrue();
        assertThat(answerable(second)).isTrue();
        assertThat(onboardings.find(second.guid()).orElseThrow().predecessor()).contains(first.guid());

        onboardings.retirePredecessor(second.guid(), event(second.guid()));
        onboardings.retirePredecessor(second.guid(), event(second.guid()));
        assertThat(answerable(first)).isFalse();
        assertThat(answerable(second)).isTrue();
        assertThat(onboardings.find(second.guid()).orElseThrow().predecessor()).isEmpty();

        VerifiedVoucher third = onboard(second.guid());
        Device device = devices.find(first.guid()).orElseThrow();
        assertThat(device.guids()).containsExactlyInAnyOrder(first.guid(), second.guid(), third.guid());
        assertThat(device.state()).isEqualTo(DeviceState.ONBOARDED);
        assertThat(device.onboardedAt()).contains(NOW);
        assertThat(devices.find(third.guid()).orElseThrow().id()).isEqualTo(device.id());
    }

    /** The replacement was sold, and its device never got it: it comes back with the credential that it has, and is not turned away. */
    @Test
    void completesForADeviceWhoseReplacementWasSold() {
        VerifiedVoucher first = manufacture();
        VerifiedVoucher sold = onboard(first.guid());
        StoredVoucher stored = vouchers.find(sold.guid()).orElseThrow();
        vouchers.extend(stored, sold, VoucherState.RELEASED, Announcement.NONE, event(sold.guid()));
        assertThat(devices.find(first.guid()).orElseThrow().state()).isEqualTo(DeviceState.RELEASED);
        assertThat(answerable(sold)).isFalse();
        VerifiedVoucher second = onboard(first.guid());
        assertThat(answerable(second)).isTrue();
        assertThat(devices.find(first.guid()).orElseThrow().state()).isEqualTo(DeviceState.ONBOARDED);
    }

    /** A later owner is registered here, so the import fails, and nothing of it stays. */
    @Test
    void keepsNothingOfAnImportThatFails() {
        VerifiedVoucher voucher = voucher();
        List<Bytes> path = List.of(VoucherFixture.random(32), VoucherFixture.random(32), VoucherFixture.random(32));
        rendezvous.register(blob(voucher.guid(), path, Optional.empty()), event(voucher.guid()));
        RendezvousBlob earlier = blob(voucher.guid(), path.subList(0, 2), Optional.empty());
        assertThatThrownBy(() -> vouchers.add(new VoucherStore.Imported(voucher, true, here(earlier), event(voucher.guid()))).join())
                .hasCauseInstanceOf(Failure.OwnerSignatureRejected.class);
        assertThat(vouchers.find(voucher.guid())).isEmpty();
        assertThat(devices.find(voucher.guid())).isEmpty();
    }

    /** A page of a thousand vouchers is a thousand lines, and not a thousand certificates. */
    @Test
    void listsVouchersWithoutReadingThem() {
        VerifiedVoucher made = manufacture();
        writes.run(session -> {
            VoucherEntity row = VoucherTable.get(session, made.guid());
            row.encoded = new byte[] {0};
            session.update(row);
            return null;
        });
        assertThat(vouchers.list(Optional.empty(), 1_000)).filteredOn(listed -> listed.guid().equals(made.guid())).singleElement()
                .isEqualTo(new ListedVoucher(
                        made.guid(), VoucherState.ACTIVE, StoredVoucher.Source.MANUFACTURED, true, NOW, "SN \"1\"", "fixture"));
    }

    @Test
    void deletesTheOctetsOfRetiredVouchersAndKeepsTheirGuids() {
        VerifiedVoucher first = manufacture();
        VerifiedVoucher second = onboard(first.guid());
        onboardings.retirePredecessor(second.guid(), event(second.guid()));
        vouchers.deleteRetired(NOW.minusMillis(1));
        assertThat(vouchers.find(first.guid()).orElseThrow().state()).isEqualTo(VoucherState.RETIRED);
        assertThat(vouchers.deleteRetired(NOW)).isPositive();
        assertThat(vouchers.deleteRetired(NOW)).isZero();
        assertThatThrownBy(() -> vouchers.find(first.guid()))
                .isInstanceOf(Failure.Conflict.class)
                .hasMessageContaining("got another voucher long ago, and this one was deleted");
        assertThatThrownBy(() -> add(first)).hasCauseInstanceOf(Failure.Conflict.class);
        assertThat(octetsStored(first.guid())).isZero();
        assertThat(octetsStored(second.guid())).isEqualTo(second.voucher().encoded().length());
        assertThat(devices.find(first.guid()).orElseThrow().guids()).containsExactlyInAnyOrder(first.guid(), second.guid());
        assertThat(vouchers.list(Optional.empty(), 1_000)).anySatisfy(listed -> {
            assertThat(listed.guid()).isEqualTo(first.guid());
            assertThat(listed.state()).isEqualTo(VoucherState.RETIRED);
        });
        assertThat(answerable(second)).isTrue();
    }

    private int octetsStored(Guid guid) {
        try (StatelessSession session = sessions.openStatelessSession()) {
            return VoucherTable.get(session, guid).encoded.length;
        }
    }

    private static SigningKey signing(KeyPair pair) {
        return new SigningKey(pair.getPrivate(), dev.slipway.fdo.type.PublicKey.of(pair.getPublic()));
    }

    /** Sold and bought back before it was ever switched on: the voucher that we handed on, with two owners more. */
    @Test
    void takesBackADeviceThatWasSold() {
        VoucherFixture fixture = VoucherFixture.aVoucher();
        KeyPair buyer = VoucherFixture.key("secp256r1");
        VerifiedVoucher ours = VerifiedVoucher.fromStorage(fixture.decoded());
        VerifiedVoucher sold = VoucherExtender.extend(ours, signing(fixture.owner), signing(buyer).publicKey());
        VerifiedVoucher back = VoucherExtender.extend(sold, signing(buyer), signing(fixture.owner).publicKey());
        VerifiedVoucher otherWay = VoucherExtender.extend(ours, signing(fixture.owner), signing(fixture.owner).publicKey());
        Guid guid = ours.guid();

        assertThat(add(ours)).isInstanceOf(VoucherStore.Added.New.class);
        assertThat(add(back)).as("it was not handed on").isInstanceOf(VoucherStore.Added.Known.class);
        vouchers.extend(vouchers.find(guid).orElseThrow(), sold, VoucherState.RELEASED, Announcement.NONE, event(guid));
        assertThat(onboardings.find(guid)).isEmpty();
        assertThat(add(ours)).as("an earlier copy").isInstanceOf(VoucherStore.Added.Known.class);
        assertThat(add(sold)).as("the very one").isInstanceOf(VoucherStore.Added.Known.class);
        assertThat(add(otherWay)).as("another history").isInstanceOf(VoucherStore.Added.Known.class);
        assertThat(devices.find(guid).orElseThrow().state()).isEqualTo(DeviceState.RELEASED);

        assertThat(add(back)).isInstanceOfSatisfying(
                VoucherStore.Added.Returned.class, returned -> assertThat(returned.before().voucher().voucher().encoded()).isEqualTo(sold.voucher().encoded()));
        assertThat(onboardings.find(guid).orElseThrow().voucher().voucher().encoded()).isEqualTo(back.voucher().encoded());
        assertThat(devices.find(guid).orElseThrow().state()).isEqualTo(DeviceState.VOUCHERED);
        assertThat(devices.find(guid).orElseThrow().guids()).containsExactly(guid);
    }

    private VoucherStore.Added add(VerifiedVoucher voucher) {
        return vouchers.add(new VoucherStore.Imported(voucher, true, Announcement.NONE, event(voucher.guid()))).join();
    }

    /** The answer was lost: the device comes again with its old GUID, and the replacement it never knew of is of no use. */
    @Test
    void retiresAReplacementThatWasNeverSeen() {
        VerifiedVoucher first = manufacture();
        VerifiedVoucher lost = onboard(first.guid());
        VerifiedVoucher second = onboard(first.guid());
        assertThat(answerable(lost)).isFalse();
        assertThat(answerable(first)).isTrue();
        assertThat(answerable(second)).isTrue();
    }

    @Test
    void refusesToCompleteUnderARetiredGuid() {
        VerifiedVoucher first = manufacture();
        VerifiedVoucher second = onboard(first.guid());
        onboardings.retirePredecessor(second.guid(), event(second.guid()));
        assertThatThrownBy(() -> onboard(first.guid())).isInstanceOf(Failure.Conflict.class);
        assertThat(answerable(second)).isTrue();
    }

    @Test
    void completesForADeviceThatReplacesNothing() {
        VerifiedVoucher first = manufacture();
        onboardings.complete(new Onboarding(first.guid(), Optional.empty(), NOW, event(first.guid())));
        assertThat(answerable(first)).isTrue();
        assertThat(devices.find(first.guid()).orElseThrow().state()).isEqualTo(DeviceState.ONBOARDED);
    }

    @Test
    void knowsADeviceThatIsInitialisedAgain() {
        VerifiedVoucher first = manufacture();
        VerifiedVoucher again = manufacture();
        assertThat(devices.find(again.guid()).orElseThrow().id()).isEqualTo(devices.find(first.guid()).orElseThrow().id());
        assertThat(answerable(first)).isTrue();
    }

    @Test
    void replacesRegistrationsOnlyForward() {
        Guid guid = new Guid(VoucherFixture.random(16));
        List<Bytes> path = List.of(VoucherFixture.random(32), VoucherFixture.random(32), VoucherFixture.random(32));
        rendezvous.register(blob(guid, path.subList(0, 2), Optional.empty()), event(guid));
        rendezvous.register(blob(guid, path, Optional.empty()), event(guid));
        rendezvous.register(blob(guid, path, Optional.of(NOW.plusSeconds(60))), event(guid));
        assertThatThrownBy(() -> rendezvous.register(blob(guid, path.subList(0, 2), Optional.empty()), event(guid)))
                .isInstanceOf(Failure.OwnerSignatureRejected.class);
        assertThatThrownBy(() -> rendezvous.register(blob(guid), event(guid))).isInstanceOf(Failure.OwnerSignatureRejected.class);
        RendezvousBlob kept = rendezvous.find(guid, NOW).orElseThrow();
        assertThat(kept.ownerPath()).isEqualTo(path);
        assertThat(kept.deviceKey()).isEqualTo(attestationKey);
        assertThat(kept.expiresAt()).contains(NOW.plusSeconds(60));
    }

    @Test
    void letsRegistrationsExpire() {
        Guid guid = new Guid(VoucherFixture.random(16));
        rendezvous.register(blob(guid, List.of(VoucherFixture.random(32)), Optional.of(NOW.plusSeconds(1))), event(guid));
        assertThat(rendezvous.find(guid, NOW)).isPresent();
        assertThat(rendezvous.find(guid, NOW.plusSeconds(1))).isEmpty();
        assertThat(rendezvous.deleteExpired(NOW.plus(Duration.ofSeconds(1)))).isPositive();
        assertThat(rendezvous.find(guid, NOW)).isEmpty();
    }

    @Test
    void failsAloneInAGroup() {
        Guid taken = manufacture().guid();
        var failing = writes.submit(session -> {
            session.insert(session.get(VoucherEntity.class, taken.value().toArray()));
            return "inserted twice";
        });
        var refused = writes.submit(session -> {
            throw new Failure.Conflict("on purpose");
        });
        var fine = writes.submit(session -> audit.insert(session, event(taken)));
        assertThatThrownBy(failing::join).hasRootCauseInstanceOf(SQLException.class);
        assertThatThrownBy(refused::join).hasCauseInstanceOf(Failure.Conflict.class);
        fine.join();
        assertThat(writes.isAlive()).isTrue();
    }

    @Test
    void keepsEventsWithTheirFacts() {
        Guid guid = manufacture().guid();
        try (StatelessSession session = sessions.openStatelessSession()) {
            AuditEventEntity row = session.createSelectionQuery("from AuditEventEntity where guid = :guid", AuditEventEntity.class)
                    .setParameter("guid", guid.toString())
                    .getSingleResult();
            assertThat(row.event).isEqualTo("test.done");
            assertThat(row.facts).isEqualTo(Map.of("serial", "quote \" and \n line"));
            assertThat(row.at).isEqualTo(NOW.toEpochMilli());
        }
    }

    /** While the writer is held up, strangers are refused more often than can be noted. What an operator did is noted all the same. */
    @Test
    void keepsWhatAnOperatorDidInAFloodOfRefusals() throws InterruptedException {
        CountDownLatch writing = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        writes.submit(session -> {
            writing.countDown();
            awaited(goOn);
            return null;
        });
        writing.await();
        Guid stranger = new Guid(VoucherFixture.random(16));
        Guid operator = new Guid(VoucherFixture.random(16));
        long taken = IntStream.range(0, 600).filter(i -> audit.append(event(stranger))).count();
        assertThat(taken).isEqualTo(512);
        CompletableFuture<Void> stored = audit.store(event(operator));
        assertThat(stored).isNotDone();
        goOn.countDown();
        stored.join();
        assertThat(count(operator)).isEqualTo(1);
        assertThat(count(stranger)).isEqualTo(512);
    }

    private static void awaited(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private long count(Guid guid) {
        try (StatelessSession session = sessions.openStatelessSession()) {
            return session.createSelectionQuery("select count(*) from AuditEventEntity where guid = :guid", Long.class)
                    .setParameter("guid", guid.toString())
                    .getSingleResult();
        }
    }
}
