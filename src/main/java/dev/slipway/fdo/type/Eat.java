package dev.slipway.fdo.type;

import dev.slipway.bytes.Bytes;
import dev.slipway.cbor.CborItem;
import dev.slipway.cbor.CborWriter;
import dev.slipway.failure.Failure.Malformed;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The claims of an entity attestation token, by which a device proves itself; {@link dev.slipway.cose.CoseSign1} is its envelope.
 *
 * <pre>EATPayload = { 10: nonce, 256: h'01' ‖ GUID, ? -257: [ xBKeyExchange: bstr ] }</pre>
 *
 * @param keyExchange the device's side of the key exchange, in TO2.ProveDevice only
 * @param fromZeroStrippingClient whether it is written the way of the two clients that drop leading zeros of an ECDH secret: UEID under the
 *     draft's label, or before the nonce
 * @see "FIDO Device Onboard 1.1, Entity Attestation Tokens"
 */
public record Eat(Nonce nonce, Guid guid, Optional<Bytes> keyExchange, boolean fromZeroStrippingClient) {

    private static final int NONCE = 10;
    private static final int UEID = 256;
    /** An older draft's number, still in use by one client. */
    private static final int UEID_OF_DRAFT = 11;
    private static final int EAT_FDO = -257;
    private static final int UEID_OCTETS = 17;
    private static final int UEID_TYPE_RAND = 1;

    /** Reads the claims in any order; claims that are not ours to know are ignored. */
    public static Eat decode(Bytes payload) {
        CborItem claims = CborItem.decode(payload);
        Nonce nonce = Nonce.decode(claims.get(NONCE).orElseThrow(() -> new Malformed("EAT without nonce")));
        Optional<Bytes> keyExchange = claims.get(EAT_FDO).map(claim -> claim.array(1).get(0).byteString());
        return new Eat(nonce, ueid(claims), keyExchange, isFromZeroStrippingClient(claims));
    }

    private static Guid ueid(CborItem claims) {
        List<CborItem> ueids = Stream.of(claims.get(UEID), claims.get(UEID_OF_DRAFT))
                .flatMap(Optional::stream)
                .toList();
        if (ueids.size() != 1) {
            throw new Malformed("EAT with " + ueids.size() + " UEIDs");
        }
        Bytes ueid = ueids.get(0).byteString(UEID_OCTETS);
        if (ueid.at(0) != UEID_TYPE_RAND) {
            throw new Malformed("UEID of type " + ueid.at(0));
        }
        return new Guid(ueid.slice(1, UEID_OCTETS));
    }

    private static boolean isFromZeroStrippingClient(CborItem claims) {
        return claims.get(UEID_OF_DRAFT).isPresent()
                || claims.map().stream()
                                .map(Map.Entry::getKey)
                                .filter(CborItem::isInteger)
                                .mapToLong(CborItem::integer)
                                .filter(label -> label == UEID || label == NONCE)
                                .findFirst()
                                .orElse(NONCE)
                        == UEID;
    }

    public static Eat of(Nonce nonce, Guid guid, Optional<Bytes> keyExchange) {
        return new Eat(nonce, guid, keyExchange, false);
    }

    public Bytes encode() {
        CborWriter writer = new CborWriter().map(keyExchange.isPresent() ? 3 : 2);
        writer.integer(NONCE).byteString(nonce.value());
        writer.integer(UEID).byteString(Bytes.concat(Bytes.of((byte) UEID_TYPE_RAND), guid.value()));
        keyExchange.ifPresent(xb -> writer.integer(EAT_FDO).array(1).byteString(xb));
        return writer.toBytes();
    }
}
