package dev.slipway.fdo.voucher;

import dev.slipway.bytes.Bytes;
import dev.slipway.cbor.CborItem;
import dev.slipway.cbor.CborWriter;
import dev.slipway.failure.Failure.Malformed;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What whoever extends a voucher says beside that.
 *
 * <pre>OVEExtra: null / bstr .cbor OVEExtraInfo, OVEExtraInfo = { * int => bstr }</pre>
 *
 * Some implementations write the map without the byte string, and anything into the byte string: what is no such map, and what in it is of
 * another kind, is passed over.
 *
 * @see "FIDO Device Onboard 1.1, Ownership Voucher"
 */
public record EntryExtra(Map<Long, Bytes> values) {

    static final EntryExtra NONE = new EntryExtra(Map.of());

    public EntryExtra {
        values = Map.copyOf(values);
    }

    static EntryExtra decode(CborItem item) {
        if (item.isNull()) {
            return NONE;
        }
        if (item.isMap()) {
            return of(item);
        }
        if (!item.isByteString()) {
            throw new Malformed("extra information of a voucher entry is neither null, byte string nor map");
        }
        try {
            CborItem content = CborItem.decode(item.byteString());
            return content.isMap() ? of(content) : NONE;
        } catch (Malformed somethingElse) {
            return NONE;
        }
    }

    private static EntryExtra of(CborItem map) {
        Map<Long, Bytes> values = new LinkedHashMap<>();
        map.map().stream()
                .filter(entry -> entry.getKey().isInteger() && entry.getKey().fitsInLong() && entry.getValue().isByteString())
                .forEach(entry -> values.put(entry.getKey().integer(), entry.getValue().byteString()));
        return new EntryExtra(values);
    }

    public Optional<Bytes> get(long label) {
        return Optional.ofNullable(values.get(label));
    }

    Bytes encode() {
        if (values.isEmpty()) {
            return new CborWriter().nul().toBytes();
        }
        CborWriter map = new CborWriter().map(values.size());
        values.forEach((label, value) -> map.integer(label).byteString(value));
        return new CborWriter().byteString(map.toBytes()).toBytes();
    }
}
