package dev.slipway.fdo.rendezvous;

import dev.slipway.bytes.Bytes;
import dev.slipway.cbor.CborItem;
import dev.slipway.cbor.CborWriter;
import dev.slipway.cose.CoseSign1;
import dev.slipway.fdo.type.Hash;
import dev.slipway.fdo.type.RvTo2Addr;
import java.util.List;

/**
 * What an owner tells a device by way of the rendezvous service: where to go, signed.
 *
 * <pre>to1d = COSE_Sign1 over [ RVTO2Addr, to1dTo0dHash: Hash ]</pre>
 *
 * @param signed as received; its octets are stored and given out unchanged
 * @see "FIDO Device Onboard 1.1, TO0.OwnerSign"
 */
public record To1d(CoseSign1 signed, RvTo2Addr addresses, Hash to0dHash) {

    public static To1d decode(CborItem item) {
        return of(CoseSign1.decode(item));
    }

    static To1d of(CoseSign1 signed) {
        List<CborItem> parts = CborItem.decode(signed.unverifiedPayload()).array(2);
        return new To1d(signed, RvTo2Addr.decode(parts.get(0)), Hash.decode(parts.get(1)));
    }

    static Bytes payload(RvTo2Addr addresses, Hash to0dHash) {
        return new CborWriter().array(2).raw(addresses.encode()).raw(to0dHash.encode()).toBytes();
    }
}
