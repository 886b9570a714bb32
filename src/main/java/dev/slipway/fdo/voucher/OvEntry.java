package dev.slipway.fdo.voucher;

import dev.slipway.bytes.Bytes;
import dev.slipway.cbor.CborItem;
import dev.slipway.cbor.CborWriter;
import dev.slipway.cose.CoseSign1;
import dev.slipway.fdo.type.Hash;
import dev.slipway.fdo.type.PublicKey;
import java.util.List;

/**
 * One change of ownership, signed by the owner before.
 *
 * @param signed the entry as received; its octets, tag included, are what the next entry's hash covers
 * @param payload read but verified by nobody yet: {@link VoucherVerifier} does that
 * @see "FIDO Device Onboard 1.1, Ownership Voucher"
 */
public record OvEntry(CoseSign1 signed, Payload payload) {

    /**
     * <pre>
     * OVEntryPayload = [ OVEHashPrevEntry: Hash, OVEHashHdrInfo: Hash, OVEExtra: null / bstr / map, OVEPubKey: PublicKey ]
     * </pre>
     */
    public record Payload(Hash previousHash, Hash headerInfoHash, EntryExtra extra, PublicKey publicKey) {

        static Payload decode(CborItem item) {
            List<CborItem> parts = item.array(4);
            return new Payload(
                    Hash.decode(parts.get(0)), Hash.decode(parts.get(1)), EntryExtra.decode(parts.get(2)), PublicKey.decode(parts.get(3)));
        }

        Bytes encode() {
            return new CborWriter()
                    .array(4)
                    .raw(previousHash.encode())
                    .raw(headerInfoHash.encode())
                    .raw(extra.encode())
                    .raw(publicKey.encoded())
                    .toBytes();
        }
    }

    public static OvEntry decode(CborItem item) {
        CoseSign1 signed = CoseSign1.decode(item);
        return new OvEntry(signed, Payload.decode(CborItem.decode(signed.unverifiedPayload())));
    }

    public Bytes encoded() {
        return signed.encoded();
    }
}
