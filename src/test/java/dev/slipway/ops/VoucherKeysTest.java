package dev.slipway.ops;

import static dev.slipway.fdo.VoucherFixture.aVoucher;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.device.Device;
import dev.slipway.device.DeviceKeys.Residency;
import dev.slipway.device.DeviceState;
import dev.slipway.failure.Failure.Conflict;
import dev.slipway.fdo.VoucherFixture;
import dev.slipway.fdo.key.KeyEvidence;
import dev.slipway.fdo.owner.StoredVoucher;
import dev.slipway.fdo.type.Guid;
import dev.slipway.fdo.voucher.ListedManufacturer;
import dev.slipway.fdo.voucher.TpmBacking;
import dev.slipway.fdo.voucher.TrustPolicy;
import dev.slipway.fdo.voucher.VerifiedVoucher;
import dev.slipway.fdo.voucher.VoucherState;
import dev.slipway.fdo.voucher.VoucherTrust;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What the vouchers of a device, one after the other, say of its key. */
class VoucherKeysTest {

    /** {@code << { -70001: h'c0ffee' } >>} */
    private static final String EVIDENCE = "4aa13a0001117043c0ffee";
    private static final TrustPolicy RECORD = new TrustPolicy(TrustPolicy.Mode.RECORD, TrustPolicy.Mode.RECORD, TrustPolicy.Mode.RECORD);

    private final List<Guid> guids = new ArrayList<>();
    private final Map<Guid, StoredVoucher> kept = new HashMap<>();
    private boolean enrolled;
    private boolean listed;

    private Residency known() {
        TpmBacking backing = new TpmBacking(key -> enrolled, (evidence, key) -> new KeyEvidence.Vouched("IFX SLB9672 000F1A00", List.of()), -70001);
        Device device = new Device(
                new UUID(0, 1), "SN-1", "gateway", "", Map.of(), DeviceState.ONBOARDED, guids, Instant.EPOCH, Optional.empty());
        return new VoucherKeys(this::find, new VoucherTrust(RECORD, new ListedManufacturer(() -> listed), backing)).of(device);
    }

    @Test
    void believesWhatIsKnownWhenItIsAsked() {
        keep(aVoucher());
        assertThat(known()).isEqualTo(new Residency(false, "nothing says that the device's key is in a TPM"));
        enrolled = true;
        assertThat(known()).isEqualTo(new Residency(true, "the device's key was enrolled here"));
        enrolled = false;
        assertThat(known().inTpm()).isFalse();
    }

    /** The replacement has no entry of the manufacturer's. */
    @Test
    void believesTheEvidenceInAVoucherThatWasReplacedWhileItIsKept() {
        listed = true;
        Guid first = keep(aVoucher().withExtra(EVIDENCE));
        keep(aVoucher());
        assertThat(known()).isEqualTo(new Residency(true, "evidence in the first entry, of the TPM IFX SLB9672 000F1A00"));
        listed = false;
        assertThat(known()).isEqualTo(new Residency(false, "evidence in the first entry, by a manufacturer who is not listed"));
        listed = true;
        kept.remove(first);
        assertThat(known()).isEqualTo(new Residency(false, "nothing says that the device's key is in a TPM"));
    }

    @Test
    void knowsNothingOfADeviceWithoutAVoucher() {
        kept.remove(keep(aVoucher()));
        assertThat(known()).isEqualTo(new Residency(false, "no voucher of the device is kept here"));
    }

    private Guid keep(VoucherFixture fixture) {
        VerifiedVoucher voucher = VerifiedVoucher.fromStorage(fixture.decoded());
        guids.add(voucher.guid());
        kept.put(voucher.guid(), new StoredVoucher(voucher, VoucherState.ACTIVE, StoredVoucher.Source.IMPORTED, true, Instant.EPOCH, ""));
        return voucher.guid();
    }

    private Optional<StoredVoucher> find(Guid guid) {
        return Optional.of(Optional.ofNullable(kept.get(guid)).orElseThrow(() -> new Conflict("retired long ago")));
    }
}
