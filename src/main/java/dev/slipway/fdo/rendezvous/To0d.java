package dev.slipway.fdo.rendezvous;

import dev.slipway.bytes.Bytes;
import dev.slipway.cbor.CborItem;
import dev.slipway.cbor.CborWriter;
import dev.slipway.fdo.type.Nonce;
import dev.slipway.fdo.voucher.OwnershipVoucher;
import java.util.List;

/**
 * What an owner shows the rendezvous service.
 *
 * <pre>to0d = [ OwnershipVoucher, WaitSeconds: uint32, NonceTO0Sign ]</pre>
 *
 * @see "FIDO Device Onboard 1.1, TO0.OwnerSign"
 */
public record To0d(OwnershipVoucher voucher, long waitSeconds, Nonce nonceTo0Sign) {

    public static To0d decode(CborItem item) {
        List<CborItem> parts = item.array(3);
        return new To0d(OwnershipVoucher.decode(parts.get(0)), parts.get(1).uint32(), Nonce.decode(parts.get(2)));
    }

    public Bytes encode() {
        return new CborWriter()
                .array(3)
                .raw(voucher.encoded())
                .integer(waitSeconds)
                .byteString(nonceTo0Sign.value())
                .toBytes();
    }
}
