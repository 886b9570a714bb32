package dev.slipway.fdo.type;

import dev.slipway.bytes.Bytes;
import dev.slipway.cbor.CborItem;
import dev.slipway.cbor.CborWriter;
import dev.slipway.failure.Failure.Malformed;
import java.util.List;

/**
 * One piece of service info.
 *
 * <pre>ServiceInfoKV = [ ServiceInfoKey: tstr, ServiceInfoVal: bstr .cbor any ]</pre>
 *
 * @param key {@code module:message}
 * @param value content of the byte string: one CBOR item, or a part of one that goes on in the next pair of the same key
 * @see "FIDO Device Onboard 1.1, ServiceInfo"
 */
public record ServiceInfoKeyValue(String key, Bytes value) {

    private static final int MAX_KEY_OCTETS = 255;

    public static ServiceInfoKeyValue decode(CborItem item) {
        List<CborItem> parts = item.array(2);
        String key = parts.get(0).text(MAX_KEY_OCTETS);
        if (key.indexOf(':') < 1) {
            throw new Malformed("service info key without a module");
        }
        return new ServiceInfoKeyValue(key, parts.get(1).byteString());
    }

    public static ServiceInfoKeyValue of(String key, CborWriter value) {
        return new ServiceInfoKeyValue(key, value.toBytes());
    }

    public String module() {
        return key.substring(0, key.indexOf(':'));
    }

    /** The key without its module. */
    public String message() {
        return key.substring(key.indexOf(':') + 1);
    }

    public Bytes encode() {
        return new CborWriter().array(2).text(key).byteString(value).toBytes();
    }

    /** {@code ServiceInfo = [ * ServiceInfoKV ]}; certification programs write null where there is nothing. */
    public static List<ServiceInfoKeyValue> decodeList(CborItem item) {
        return item.isNull() ? List.of() : item.array().stream().map(ServiceInfoKeyValue::decode).toList();
    }

    public static Bytes encodeList(List<ServiceInfoKeyValue> serviceInfo) {
        CborWriter writer = new CborWriter().array(serviceInfo.size());
        serviceInfo.forEach(keyValue -> writer.raw(keyValue.encode()));
        return writer.toBytes();
    }

    /** The value may be a secret. */
    @Override
    public String toString() {
        return key + " (" + value.length() + " octets)";
    }
}
