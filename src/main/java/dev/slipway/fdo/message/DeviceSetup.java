package dev.slipway.fdo.message;

import dev.slipway.cbor.CborItem;
import dev.slipway.cbor.CborWriter;
import dev.slipway.cose.CoseSign1;
import dev.slipway.fdo.key.SigningKey;
import dev.slipway.fdo.type.Guid;
import dev.slipway.fdo.type.Nonce;
import dev.slipway.fdo.type.PublicKey;
import dev.slipway.fdo.type.RendezvousInfo;
import java.util.List;

/**
 * The content of TO2.SetupDevice: the credential that the device has from now on.
 *
 * <pre>COSE_Sign1 by Owner2Key over [ RendezvousInfo, Guid, NonceTO2SetupDv, Owner2Key: PublicKey ]</pre>
 *
 * @see "FIDO Device Onboard 1.1, TO2.SetupDevice"
 */
public record DeviceSetup(CoseSign1 signed, RendezvousInfo rvInfo, Guid guid, Nonce nonceTo2SetupDv, PublicKey owner2Key) {

    static DeviceSetup decode(CborItem item) {
        CoseSign1 signed = CoseSign1.decode(item);
        List<CborItem> parts = CborItem.decode(signed.unverifiedPayload()).array(4);
        return new DeviceSetup(
                signed,
                RendezvousInfo.decode(parts.get(0)),
                Guid.decode(parts.get(1)),
                Nonce.decode(parts.get(2)),
                PublicKey.decode(parts.get(3)));
    }

    /** Signs with Owner2Key, the key carried inside. */
    public static DeviceSetup sign(SigningKey owner2Key, RendezvousInfo rvInfo, Guid guid, Nonce nonceTo2SetupDv) {
        CborWriter payload = new CborWriter()
                .array(4)
                .raw(rvInfo.encoded())
                .byteString(guid.value())
                .byteString(nonceTo2SetupDv.value())
                .raw(owner2Key.publicKey().encoded());
        CoseSign1 signed = CoseSign1.sign(owner2Key.privateKey(), payload.toBytes());
        return new DeviceSetup(signed, rvInfo, guid, nonceTo2SetupDv, owner2Key.publicKey());
    }
}
