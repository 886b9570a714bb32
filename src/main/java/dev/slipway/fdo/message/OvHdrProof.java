package dev.slipway.fdo.message;

import dev.slipway.bytes.Bytes;
import dev.slipway.cbor.CborItem;
import dev.slipway.cbor.CborWriter;
import dev.slipway.cbor.Encoded;
import dev.slipway.cose.CoseSign1;
import dev.slipway.failure.Failure.Malformed;
import dev.slipway.fdo.key.SigningKey;
import dev.slipway.fdo.type.Hash;
import dev.slipway.fdo.type.Hmac;
import dev.slipway.fdo.type.Nonce;
import dev.slipway.fdo.type.PublicKey;
import dev.slipway.fdo.type.SigInfo;
import dev.slipway.fdo.voucher.OvHeader;
import java.util.List;

/**
 * The content of TO2.ProveOVHdr.
 *
 * <pre>
 * COSE_Sign1, unprotected { 256: NonceTO2ProveDv, 257: owner PublicKey }, over
 * [ bstr .cbor OVHeader, NumOVEntries: uint8, OVHeaderHMac: HMac, NonceTO2ProveOV, eBSigInfo, xAKeyExchange: bstr,
 *   helloDeviceHash: Hash, maxOwnerMessageSize: uint16 ]
 * </pre>
 *
 * @param payload read but verified by nobody yet
 * @param ownerKey whose signature it claims to be
 * @see "FIDO Device Onboard 1.1, TO2.ProveOVHdr"
 */
public record OvHdrProof(CoseSign1 signed, Payload payload, Nonce nonceTo2ProveDv, PublicKey ownerKey) {

    private static final int CUPH_NONCE = 256;
    private static final int CUPH_OWNER_PUB_KEY = 257;

    /** @param header the octets of the voucher's header, which the HMAC covers */
    public record Payload(
            Encoded<OvHeader> header,
            int numOvEntries,
            Encoded<Hmac> hmac,
            Nonce nonceTo2ProveOv,
            SigInfo ebSigInfo,
            Bytes xaKeyExchange,
            Hash helloDeviceHash,
            int maxOwnerMessageSize) {

        private static Payload decode(CborItem item) {
            List<CborItem> parts = item.array(8);
            return new Payload(
                    Encoded.inByteString(parts.get(0), OvHeader::decode),
                    parts.get(1).uint(255),
                    Encoded.bare(parts.get(2), Hmac::decode),
                    Nonce.decode(parts.get(3)),
                    SigInfo.decode(parts.get(4)),
                    parts.get(5).byteString(),
                    Hash.decode(parts.get(6)),
                    parts.get(7).uint(65535));
        }

        private Bytes encode() {
            return new CborWriter()
                    .array(8)
                    .byteString(header.bytes())
                    .integer(numOvEntries)
                    .raw(hmac.bytes())
                    .byteString(nonceTo2ProveOv.value())
                    .raw(ebSigInfo.encode())
                    .byteString(xaKeyExchange)
                    .raw(helloDeviceHash.encode())
                    .integer(maxOwnerMessageSize)
                    .toBytes();
        }
    }

    static OvHdrProof decode(CborItem item) {
        CoseSign1 signed = CoseSign1.decode(item);
        CborItem unprotected = signed.unprotectedHeader();
        return new OvHdrProof(
                signed,
                Payload.decode(CborItem.decode(signed.unverifiedPayload())),
                Nonce.decode(unprotected.get(CUPH_NONCE).orElseThrow(() -> new Malformed("no NonceTO2ProveDv"))),
                PublicKey.decode(unprotected.get(CUPH_OWNER_PUB_KEY).orElseThrow(() -> new Malformed("no owner key"))));
    }

    /**
     * Signs as the owner.
     *
     * @param ownerKey the voucher's last key, in the very octets it has there: some devices compare encodings
     */
    public static OvHdrProof sign(SigningKey signer, PublicKey ownerKey, Nonce nonceTo2ProveDv, Payload payload) {
        Bytes unprotected = new CborWriter()
                .map(2)
                .integer(CUPH_NONCE)
                .byteString(nonceTo2ProveDv.value())
                .integer(CUPH_OWNER_PUB_KEY)
                .raw(ownerKey.encoded())
                .toBytes();
        return new OvHdrProof(CoseSign1.sign(signer.privateKey(), unprotected, payload.encode()), payload, nonceTo2ProveDv, ownerKey);
    }
}
