package dev.slipway.fdo.message;

import dev.slipway.bytes.Bytes;
import dev.slipway.cbor.CborItem;
import dev.slipway.cbor.CborWriter;
import dev.slipway.cbor.Encoded;
import dev.slipway.fdo.type.Hmac;
import dev.slipway.fdo.voucher.OvHeader;

/**
 * Device initialisation, messages 10 to 13.
 *
 * @see "FIDO Device Onboard 1.1, Device Initialize Protocol (DI)"
 */
public sealed interface Di extends FdoMessage {

    /** Sent by the device. */
    sealed interface FromDevice extends Di, FdoMessage.FromClient {}

    /** Sent by the manufacturer. */
    sealed interface FromManufacturer extends Di, FdoMessage.FromService {}

    /**
     * The device presents itself (10).
     *
     * <pre>DI.AppStart = [ DeviceMfgInfo: bstr .cbor any ]</pre>
     */
    record AppStart(DeviceMfgInfo deviceMfgInfo) implements FromDevice {

        static AppStart decode(CborItem item) {
            return new AppStart(DeviceMfgInfo.decode(item.array(1).get(0).embedded()));
        }

        @Override
        public MessageType type() {
            return MessageType.DI_APP_START;
        }

        @Override
        public Bytes encode() {
            return new CborWriter().array(1).byteString(deviceMfgInfo.encode()).toBytes();
        }
    }

    /**
     * The device gets its credential (11).
     *
     * <pre>DI.SetCredentials = [ OVHeaderTag: bstr .cbor OVHeader ]</pre>
     */
    record SetCredentials(Encoded<OvHeader> header) implements FromManufacturer {

        static SetCredentials decode(CborItem item) {
            return new SetCredentials(Encoded.inByteString(item.array(1).get(0), OvHeader::decode));
        }

        @Override
        public MessageType type() {
            return MessageType.DI_SET_CREDENTIALS;
        }

        @Override
        public Bytes encode() {
            return new CborWriter().array(1).byteString(header.bytes()).toBytes();
        }
    }

    /**
     * The device binds itself to the header with a secret that only it knows (12).
     *
     * <pre>DI.SetHMAC = [ HMac ]</pre>
     */
    record SetHmac(Hmac hmac) implements FromDevice {

        static SetHmac decode(CborItem item) {
            return new SetHmac(Hmac.decode(item.array(1).get(0)));
        }

        @Override
        public MessageType type() {
            return MessageType.DI_SET_HMAC;
        }

        @Override
        public Bytes encode() {
            return new CborWriter().array(1).raw(hmac.encode()).toBytes();
        }
    }

    /**
     * The voucher is stored (13).
     *
     * <pre>DI.Done = []</pre>
     */
    record Done() implements FromManufacturer {

        static Done decode(CborItem item) {
            item.array(0);
            return new Done();
        }

        @Override
        public MessageType type() {
            return MessageType.DI_DONE;
        }

        @Override
        public Bytes encode() {
            return new CborWriter().array(0).toBytes();
        }
    }
}
