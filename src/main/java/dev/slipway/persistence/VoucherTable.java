package dev.slipway.persistence;

import dev.slipway.bytes.Bytes;
import dev.slipway.device.DeviceState;
import dev.slipway.fdo.owner.StoredVoucher;
import dev.slipway.fdo.rendezvous.Announcement;
import dev.slipway.fdo.type.CertificateChain;
import dev.slipway.fdo.type.Guid;
import dev.slipway.fdo.type.RandomSource;
import dev.slipway.fdo.voucher.OwnershipVoucher;
import dev.slipway.fdo.voucher.VerifiedVoucher;
import dev.slipway.fdo.voucher.VoucherState;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.security.auth.x500.X500Principal;
import org.hibernate.StatelessSession;

/** What all who write vouchers do in their transactions: rows of vouchers, of their devices, and of where these find us. */
@Singleton
final class VoucherTable {

    private final RendezvousRows rendezvous;
    private final RegistrationRows registrations;
    private final RandomSource random;

    VoucherTable(RendezvousRows rendezvous, RegistrationRows registrations, RandomSource random) {
        this.rendezvous = rendezvous;
        this.registrations = registrations;
        this.random = random;
    }

    static VoucherEntity get(StatelessSession session, Guid guid) {
        return session.get(VoucherEntity.class, guid.value().toArray());
    }

    /**
     * The device with this key, in a new state; made where it is not known.
     *
     * @param serial what it says of itself, if it was heard
     */
    DeviceEntity device(
            StatelessSession session, Bytes deviceKey, Optional<String> serial, DeviceState state, OwnershipVoucher voucher, Instant now) {
        Optional<DeviceEntity> known = session.createSelectionQuery("from DeviceEntity where deviceKey = :key", DeviceEntity.class)
                .setParameter("key", deviceKey.toArray())
                .getResultStream()
                .findFirst();
        DeviceEntity device = known.orElseGet(DeviceEntity::new);
        device.deviceInfo = voucher.header().value().deviceInfo();
        device.manufacturer = manufacturer(voucher);
        device.serial = serial.or(() -> Optional.ofNullable(device.serial)).orElse("");
        device.state = state;
        if (known.isPresent()) {
            session.update(device);
        } else {
            device.id = Uuid7.next(now, random);
            device.deviceKey = deviceKey.toArray();
            device.since = now.toEpochMilli();
            session.insert(device);
        }
        return device;
    }

    /** The organisation that certified the device's key, or its common name where it names none. */
    private static String manufacturer(OwnershipVoucher voucher) {
        return voucher.deviceChain()
                .map(CertificateChain::leafIssuer)
                .flatMap(issuer -> attribute(issuer, "O").or(() -> attribute(issuer, "CN")))
                .map(name -> name.substring(0, Math.min(name.length(), DeviceEntity.MAX_MANUFACTURER_CHARACTERS)))
                .orElse("");
    }

    private static Optional<String> attribute(X500Principal name, String type) {
        try {
            return new LdapName(name.getName())
                    .getRdns().stream()
                    .filter(part -> part.getType().equalsIgnoreCase(type) && part.getValue() instanceof String)
                    .map(part -> (String) part.getValue())
                    .findFirst();
        } catch (InvalidNameException e) {
            return Optional.empty();
        }
    }

    /** What a device is when it gets a voucher. */
    static DeviceState deviceState(VoucherState voucher, Announcement announcement) {
        return switch (voucher) {
            case ACTIVE -> announcement.here().isPresent() ? DeviceState.ANNOUNCED : DeviceState.VOUCHERED;
            case HELD, RETIRED -> DeviceState.VOUCHERED;
            case RELEASED -> DeviceState.RELEASED;
        };
    }

    /** @param predecessor the GUID of the TO2 that made it */
    void insert(
            StatelessSession session,
            VerifiedVoucher voucher,
            VoucherState state,
            StoredVoucher.Source source,
            boolean trusted,
            UUID device,
            Optional<Guid> predecessor,
            Instant now) {
        VoucherEntity row = new VoucherEntity();
        row.guid = voucher.guid().value().toArray();
        row.deviceId = device;
        row.encoded = voucher.voucher().encoded().toArray();
        row.state = state;
        row.source = source;
        row.trusted = trusted;
        row.predecessor = predecessor.map(guid -> guid.value().toArray()).orElse(null);
        row.seen = predecessor.isEmpty();
        row.createdAt = now.toEpochMilli();
        session.insert(row);
    }

    void announce(StatelessSession session, Guid guid, Announcement announcement, Instant now) {
        announcement.here().ifPresent(blob -> rendezvous.register(session, blob, now));
        registrations.want(session, guid, announcement.elsewhere(), now);
    }

    /** The same for a GUID that was made just now. */
    void announceNew(StatelessSession session, Guid guid, Announcement announcement, Instant now) {
        announcement.here().ifPresent(blob -> RendezvousRows.insert(session, blob));
        registrations.want(session, guid, announcement.elsewhere(), now);
    }

    /** The device is no longer to find us under this GUID. */
    static void withdraw(StatelessSession session, Guid guid) {
        RendezvousRows.delete(session, guid);
        RegistrationRows.delete(session, guid);
    }

    /** The device has another one now. The row stays for its GUID, the octets for a while. */
    static void retire(StatelessSession session, VoucherEntity voucher, Instant now) {
        if (voucher.state != VoucherState.RETIRED) {
            voucher.state = VoucherState.RETIRED;
            voucher.retiredAt = now.toEpochMilli();
            session.update(voucher);
        }
        withdraw(session, new Guid(Bytes.owning(voucher.guid)));
    }

    static boolean hasOctets(VoucherEntity row) {
        return row.encoded.length > 0;
    }

    /** Storage holds only what was verified, so nothing is verified again. */
    static VerifiedVoucher voucher(VoucherEntity row) {
        return VerifiedVoucher.fromStorage(OwnershipVoucher.decodeStored(Bytes.owning(row.encoded)));
    }
}
