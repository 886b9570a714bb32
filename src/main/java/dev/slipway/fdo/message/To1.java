package dev.slipway.fdo.message;

import dev.slipway.bytes.Bytes;
import dev.slipway.cbor.CborItem;
import dev.slipway.cbor.CborWriter;
import dev.slipway.cose.CoseSign1;
import dev.slipway.fdo.type.Eat;
import dev.slipway.fdo.type.Guid;
import dev.slipway.fdo.type.Nonce;
import dev.slipway.fdo.type.SigInfo;
import java.util.List;

/**
 * A device asks the rendezvous service for its owner, messages 30 to 33.
 *
 * @see "FIDO Device Onboard 1.1, Transfer Ownership Protocol 1 (TO1)"
 */
public sealed interface To1 extends FdoMessage {

    /** Sent by the device. */
    sealed interface FromDevice extends To1, FdoMessage.FromClient {}

    /** Sent by the rendezvous service. */
    sealed interface FromRendezvous extends To1, FdoMessage.FromService {}

    /**
     * The device names itself (30).
     *
     * <pre>TO1.HelloRV = [ Guid, eASigInfo ]</pre>
     */
    record HelloRv(Guid guid, SigInfo eaSigInfo) implements FromDevice {

        static HelloRv decode(CborItem item) {
            List<CborItem> parts = item.array(2);
            return new HelloRv(Guid.decode(parts.get(0)), SigInfo.decode(parts.get(1)));
        }

        @Override
        public MessageType type() {
            return MessageType.TO1_HELLO_RV;
        }

        @Override
        public Bytes encode() {
            return new CborWriter().array(2).byteString(guid.value()).raw(eaSigInfo.encode()).toBytes();
        }
    }

    /**
     * The nonce to sign (31).
     *
     * <pre>TO1.HelloRVAck = [ NonceTO1Proof, eBSigInfo ]</pre>
     */
    record HelloRvAck(Nonce nonceTo1Proof, SigInfo ebSigInfo) implements FromRendezvous {

        static HelloRvAck decode(CborItem item) {
            List<CborItem> parts = item.array(2);
            return new HelloRvAck(Nonce.decode(parts.get(0)), SigInfo.decode(parts.get(1)));
        }

        @Override
        public MessageType type() {
            return MessageType.TO1_HELLO_RV_ACK;
        }

        @Override
        public Bytes encode() {
            return new CborWriter().array(2).byteString(nonceTo1Proof.value()).raw(ebSigInfo.encode()).toBytes();
        }
    }

    /**
     * The device proves itself (32): an entity attestation token.
     *
     * @param claims read but verified by nobody yet
     */
    record ProveToRv(CoseSign1 token, Eat claims) implements FromDevice {

        static ProveToRv decode(CborItem item) {
            CoseSign1 token = CoseSign1.decode(item);
            return new ProveToRv(token, Eat.decode(token.unverifiedPayload()));
        }

        @Override
        public MessageType type() {
            return MessageType.TO1_PROVE_TO_RV;
        }

        @Override
        public Bytes encode() {
            return token.encoded();
        }
    }

    /**
     * What the owner registered (33): to1d, octet by octet.
     *
     * @param to1d a COSE_Sign1, tag included
     */
    record RvRedirect(Bytes to1d) implements FromRendezvous {

        @Override
        public MessageType type() {
            return MessageType.TO1_RV_REDIRECT;
        }

        @Override
        public Bytes encode() {
            return to1d;
        }
    }
}
