package dev.slipway.fdo.voucher;

import dev.slipway.bytes.Bytes;
import dev.slipway.cbor.CborItem;
import dev.slipway.cbor.CborWriter;
import dev.slipway.failure.Failure.Malformed;
import dev.slipway.fdo.type.Guid;
import dev.slipway.fdo.type.Hash;
import dev.slipway.fdo.type.PublicKey;
import dev.slipway.fdo.type.RendezvousInfo;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * What the manufacturer says of a device, kept whole by every owner.
 *
 * <pre>
 * OVHeader = [ OVHProtVer: uint16, OVGuid, OVRVInfo: RendezvousInfo, OVDeviceInfo: tstr, OVPubKey: PublicKey,
 *              OVDevCertChainHash: Hash / null ]
 * </pre>
 *
 * @param version judged by {@link VoucherVerifier}, as a field of its own
 * @param manufacturerKey after an onboarding, the Owner2Key
 * @param chainHash absent only for EPID devices
 * @see "FIDO Device Onboard 1.1, Ownership Voucher"
 */
public record OvHeader(
        int version, Guid guid, RendezvousInfo rvInfo, String deviceInfo, PublicKey manufacturerKey, Optional<Hash> chainHash) {

    private static final int MAX_DEVICE_INFO_OCTETS = 1024;

    public static OvHeader decode(CborItem item) {
        List<CborItem> parts = item.array(6);
        if (parts.get(1).isByteString() && parts.get(1).byteString().length() != Guid.OCTETS) {
            throw new Malformed(Malformed.Part.GUID, "GUID of " + parts.get(1).byteString().length() + " octets");
        }
        return new OvHeader(
                parts.get(0).uint(65535),
                Guid.decode(parts.get(1)),
                RendezvousInfo.decode(parts.get(2)),
                parts.get(3).text(MAX_DEVICE_INFO_OCTETS),
                PublicKey.decode(parts.get(4)),
                parts.get(5).nullable(Hash::decode));
    }

    public Bytes encode() {
        CborWriter writer = new CborWriter()
                .array(6)
                .integer(version)
                .byteString(guid.value())
                .raw(rvInfo.encoded())
                .text(deviceInfo)
                .raw(manufacturerKey.encoded());
        chainHash.ifPresentOrElse(hash -> writer.raw(hash.encode()), writer::nul);
        return writer.toBytes();
    }

    /** What {@code OVEHashHdrInfo} is the hash of: GUID and device info without any framing. */
    public Bytes headerInfo() {
        return Bytes.concat(guid.value(), Bytes.owning(deviceInfo.getBytes(StandardCharsets.UTF_8)));
    }
}
