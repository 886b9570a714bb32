package dev.slipway.fdo.message;

import dev.slipway.bytes.Bytes;
import dev.slipway.cbor.CborItem;
import dev.slipway.cbor.CborWriter;
import dev.slipway.cose.CoseSign1;
import dev.slipway.failure.Failure.Malformed;
import dev.slipway.fdo.type.Eat;
import dev.slipway.fdo.type.Guid;
import dev.slipway.fdo.type.Hmac;
import dev.slipway.fdo.type.Nonce;
import dev.slipway.fdo.type.ServiceInfoKeyValue;
import dev.slipway.fdo.type.SigInfo;
import java.util.List;
import java.util.Optional;

/**
 * The device and its owner, messages 60 to 71. From {@link SetupDevice} on they travel encrypted; here they are in clear.
 *
 * @see "FIDO Device Onboard 1.1, Transfer Ownership Protocol 2 (TO2)"
 */
public sealed interface To2 extends FdoMessage {

    /** Sent by the device. */
    sealed interface FromDevice extends To2, FdoMessage.FromClient {}

    /** Sent by the owner. */
    sealed interface FromOwner extends To2, FdoMessage.FromService {}

    /**
     * The device names itself and what it can do (60).
     *
     * <pre>
     * TO2.HelloDevice = [ maxDeviceMessageSize: uint16, Guid, NonceTO2ProveOV, kexSuiteName: tstr, cipherSuiteName: int, eASigInfo ]
     * </pre>
     *
     * @param kexSuiteName judged by who handles the message, as is the cipher
     */
    record HelloDevice(
            int maxDeviceMessageSize, Guid guid, Nonce nonceTo2ProveOv, String kexSuiteName, long cipherSuiteName, SigInfo eaSigInfo)
            implements FromDevice {

        private static final int MAX_NAME_OCTETS = 64;

        static HelloDevice decode(CborItem item) {
            List<CborItem> parts = item.array(6);
            return new HelloDevice(
                    parts.get(0).uint(65535),
                    Guid.decode(parts.get(1)),
                    Nonce.decode(parts.get(2)),
                    parts.get(3).text(MAX_NAME_OCTETS),
                    parts.get(4).integer(),
                    SigInfo.decode(parts.get(5)));
        }

        @Override
        public MessageType type() {
            return MessageType.TO2_HELLO_DEVICE;
        }

        @Override
        public Bytes encode() {
            return new CborWriter()
                    .array(6)
                    .integer(maxDeviceMessageSize)
                    .byteString(guid.value())
                    .byteString(nonceTo2ProveOv.value())
                    .text(kexSuiteName)
                    .integer(cipherSuiteName)
                    .raw(eaSigInfo.encode())
                    .toBytes();
        }
    }

    /** The owner proves that the device is its own (61). */
    record ProveOvHdr(OvHdrProof proof) implements FromOwner {

        static ProveOvHdr decode(CborItem item) {
            return new ProveOvHdr(OvHdrProof.decode(item));
        }

        @Override
        public MessageType type() {
            return MessageType.TO2_PROVE_OV_HDR;
        }

        @Override
        public Bytes encode() {
            return proof.signed().encoded();
        }
    }

    /**
     * The device asks for one entry of the voucher (62).
     *
     * <pre>TO2.GetOVNextEntry = [ OVEntryNum: uint8 ]</pre>
     *
     * @param entryNumber zero-based
     */
    record GetOvNextEntry(int entryNumber) implements FromDevice {

        static GetOvNextEntry decode(CborItem item) {
            return new GetOvNextEntry(item.array(1).get(0).uint(255));
        }

        @Override
        public MessageType type() {
            return MessageType.TO2_GET_OV_NEXT_ENTRY;
        }

        @Override
        public Bytes encode() {
            return new CborWriter().array(1).integer(entryNumber).toBytes();
        }
    }

    /**
     * The entry (63).
     *
     * <pre>TO2.OVNextEntry = [ OVEntryNum: uint8, OVEntry ]</pre>
     *
     * @param entry as it stands in the voucher, tag included
     */
    record OvNextEntry(int entryNumber, Bytes entry) implements FromOwner {

        static OvNextEntry decode(CborItem item) {
            List<CborItem> parts = item.array(2);
            return new OvNextEntry(parts.get(0).uint(255), parts.get(1).bytes());
        }

        @Override
        public MessageType type() {
            return MessageType.TO2_OV_NEXT_ENTRY;
        }

        @Override
        public Bytes encode() {
            return new CborWriter().array(2).integer(entryNumber).raw(entry).toBytes();
        }
    }

    /**
     * The device proves itself and gives its half of the key exchange (64): an entity attestation token.
     *
     * @param claims read but verified by nobody yet
     * @param nonceTo2SetupDv from the unprotected header; nobody signed it, the device checks its echo
     */
    record ProveDevice(CoseSign1 token, Eat claims, Nonce nonceTo2SetupDv) implements FromDevice {

        private static final int EUPH_NONCE = -259;

        static ProveDevice decode(CborItem item) {
            CoseSign1 token = CoseSign1.decode(item);
            CborItem nonce = token.unprotectedHeader()
                    .get(EUPH_NONCE)
                    .orElseThrow(() -> new Malformed("no NonceTO2SetupDv in the unprotected header"));
            return new ProveDevice(token, Eat.decode(token.unverifiedPayload()), Nonce.decode(nonce));
        }

        /** The unprotected header that carries the nonce. */
        public static Bytes unprotectedHeader(Nonce nonceTo2SetupDv) {
            return new CborWriter().map(1).integer(EUPH_NONCE).byteString(nonceTo2SetupDv.value()).toBytes();
        }

        @Override
        public MessageType type() {
            return MessageType.TO2_PROVE_DEVICE;
        }

        @Override
        public Bytes encode() {
            return token.encoded();
        }
    }

    /** The owner gives the device its next credential (65). */
    record SetupDevice(DeviceSetup setup) implements FromOwner {

        static SetupDevice decode(CborItem item) {
            return new SetupDevice(DeviceSetup.decode(item));
        }

        @Override
        public MessageType type() {
            return MessageType.TO2_SETUP_DEVICE;
        }

        @Override
        public Bytes encode() {
            return setup.signed().encoded();
        }
    }

    /**
     * The device has replaced its credential, or keeps it (66).
     *
     * <pre>TO2.DeviceServiceInfoReady = [ ReplacementHMac: HMac / null, maxOwnerServiceInfoSz: uint16 / null ]</pre>
     *
     * @param maxOwnerServiceInfoSize octets of service info that the device takes in one message
     */
    record DeviceServiceInfoReady(Optional<Hmac> replacementHmac, Optional<Integer> maxOwnerServiceInfoSize) implements FromDevice {

        static DeviceServiceInfoReady decode(CborItem item) {
            List<CborItem> parts = item.array(2);
            return new DeviceServiceInfoReady(
                    parts.get(0).nullable(Hmac::decode), parts.get(1).nullable(size -> size.uint(65535)));
        }

        @Override
        public MessageType type() {
            return MessageType.TO2_DEVICE_SERVICE_INFO_READY;
        }

        @Override
        public Bytes encode() {
            CborWriter writer = new CborWriter().array(2);
            replacementHmac.ifPresentOrElse(hmac -> writer.raw(hmac.encode()), writer::nul);
            maxOwnerServiceInfoSize.ifPresentOrElse(writer::integer, writer::nul);
            return writer.toBytes();
        }
    }

    /**
     * The owner is ready for service info (67).
     *
     * <pre>TO2.OwnerServiceInfoReady = [ maxDeviceServiceInfoSz: uint16 / null ]</pre>
     *
     * @param maxDeviceServiceInfoSize octets of service info that the owner takes in one message
     */
    record OwnerServiceInfoReady(Optional<Integer> maxDeviceServiceInfoSize) implements FromOwner {

        static OwnerServiceInfoReady decode(CborItem item) {
            return new OwnerServiceInfoReady(item.array(1).get(0).nullable(size -> size.uint(65535)));
        }

        @Override
        public MessageType type() {
            return MessageType.TO2_OWNER_SERVICE_INFO_READY;
        }

        @Override
        public Bytes encode() {
            CborWriter writer = new CborWriter().array(1);
            maxDeviceServiceInfoSize.ifPresentOrElse(writer::integer, writer::nul);
            return writer.toBytes();
        }
    }

    /**
     * Service info from the device (68).
     *
     * <pre>TO2.DeviceServiceInfo = [ IsMoreServiceInfo: bool, ServiceInfo: [ * ServiceInfoKV ] / null ]</pre>
     */
    record DeviceServiceInfo(boolean isMoreServiceInfo, List<ServiceInfoKeyValue> serviceInfo) implements FromDevice {

        static DeviceServiceInfo decode(CborItem item) {
            List<CborItem> parts = item.array(2);
            return new DeviceServiceInfo(parts.get(0).bool(), ServiceInfoKeyValue.decodeList(parts.get(1)));
        }

        @Override
        public MessageType type() {
            return MessageType.TO2_DEVICE_SERVICE_INFO;
        }

        @Override
        public Bytes encode() {
            return new CborWriter().array(2).bool(isMoreServiceInfo).raw(ServiceInfoKeyValue.encodeList(serviceInfo)).toBytes();
        }
    }

    /**
     * Service info from the owner (69).
     *
     * <pre>TO2.OwnerServiceInfo = [ IsMoreServiceInfo: bool, IsDone: bool, ServiceInfo: [ * ServiceInfoKV ] ]</pre>
     */
    record OwnerServiceInfo(boolean isMoreServiceInfo, boolean isDone, List<ServiceInfoKeyValue> serviceInfo) implements FromOwner {

        static OwnerServiceInfo decode(CborItem item) {
            List<CborItem> parts = item.array(3);
            return new OwnerServiceInfo(parts.get(0).bool(), parts.get(1).bool(), ServiceInfoKeyValue.decodeList(parts.get(2)));
        }

        @Override
        public MessageType type() {
            return MessageType.TO2_OWNER_SERVICE_INFO;
        }

        @Override
        public Bytes encode() {
            return new CborWriter()
                    .array(3)
                    .bool(isMoreServiceInfo)
                    .bool(isDone)
                    .raw(ServiceInfoKeyValue.encodeList(serviceInfo))
                    .toBytes();
        }
    }

    /**
     * The device is done (70).
     *
     * <pre>TO2.Done = [ NonceTO2ProveDv ]</pre>
     */
    record Done(Nonce nonceTo2ProveDv) implements FromDevice {

        static Done decode(CborItem item) {
            return new Done(Nonce.decode(item.array(1).get(0)));
        }

        @Override
        public MessageType type() {
            return MessageType.TO2_DONE;
        }

        @Override
        public Bytes encode() {
            return new CborWriter().array(1).byteString(nonceTo2ProveDv.value()).toBytes();
        }
    }

    /**
     * The owner has stored the new credential (71).
     *
     * <pre>TO2.Done2 = [ NonceTO2SetupDv ]</pre>
     */
    record Done2(Nonce nonceTo2SetupDv) implements FromOwner {

        static Done2 decode(CborItem item) {
            return new Done2(Nonce.decode(item.array(1).get(0)));
        }

        @Override
        public MessageType type() {
            return MessageType.TO2_DONE2;
        }

        @Override
        public Bytes encode() {
            return new CborWriter().array(1).byteString(nonceTo2SetupDv.value()).toBytes();
        }
    }
}
