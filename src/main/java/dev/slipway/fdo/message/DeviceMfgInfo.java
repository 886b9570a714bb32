package dev.slipway.fdo.message;

import dev.slipway.bytes.Bytes;
import dev.slipway.cbor.CborItem;
import dev.slipway.cbor.CborWriter;
import java.util.List;

/**
 * What a new device says of itself. The standard leaves the content open; this is the form that all clients in use share.
 *
 * <pre>MfgInfo = [ pkType: uint, pkEnc: uint, serial: tstr, deviceInfo: tstr, csr: bstr (DER PKCS#10), * extra ]</pre>
 *
 * @param keyType number of the device key's type; judged by who handles the message
 * @param keyEncoding the encoding that the device would like for the manufacturer's key
 * @param serial may be empty, and is not unique
 * @see "FIDO Device Onboard 1.1, DI.AppStart"
 */
public record DeviceMfgInfo(int keyType, int keyEncoding, String serial, String deviceInfo, Bytes csr) {

    private static final int MAX_TEXT_OCTETS = 254;

    static DeviceMfgInfo decode(CborItem item) {
        List<CborItem> parts = item.array(5, 9);
        return new DeviceMfgInfo(
                parts.get(0).uint(255),
                parts.get(1).uint(255),
                parts.get(2).text(MAX_TEXT_OCTETS),
                parts.get(3).text(MAX_TEXT_OCTETS),
                parts.get(4).byteString());
    }

    Bytes encode() {
        return new CborWriter()
                .array(5)
                .integer(keyType)
                .integer(keyEncoding)
                .text(serial)
                .text(deviceInfo)
                .byteString(csr)
                .toBytes();
    }
}
