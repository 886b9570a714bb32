package dev.slipway.fdo.message;

import dev.slipway.bytes.Bytes;
import dev.slipway.cbor.CborItem;
import dev.slipway.cbor.CborWriter;
import dev.slipway.cbor.Encoded;
import dev.slipway.fdo.rendezvous.To0d;
import dev.slipway.fdo.rendezvous.To1d;
import dev.slipway.fdo.type.Nonce;
import java.util.List;

/**
 * An owner registers at the rendezvous service, messages 20 to 23.
 *
 * @see "FIDO Device Onboard 1.1, Transfer Ownership Protocol 0 (TO0)"
 */
public sealed interface To0 extends FdoMessage {

    /** Sent by the owner. */
    sealed interface FromOwner extends To0, FdoMessage.FromClient {}

    /** Sent by the rendezvous service. */
    sealed interface FromRendezvous extends To0, FdoMessage.FromService {}

    /**
     * The owner asks for a nonce (20).
     *
     * <pre>TO0.Hello = []</pre>
     */
    record Hello() implements FromOwner {

        static Hello decode(CborItem item) {
            item.array(0);
            return new Hello();
        }

        @Override
        public MessageType type() {
            return MessageType.TO0_HELLO;
        }

        @Override
        public Bytes encode() {
            return new CborWriter().array(0).toBytes();
        }
    }

    /**
     * The nonce (21).
     *
     * <pre>TO0.HelloAck = [ NonceTO0Sign ]</pre>
     */
    record HelloAck(Nonce nonceTo0Sign) implements FromRendezvous {

        static HelloAck decode(CborItem item) {
            return new HelloAck(Nonce.decode(item.array(1).get(0)));
        }

        @Override
        public MessageType type() {
            return MessageType.TO0_HELLO_ACK;
        }

        @Override
        public Bytes encode() {
            return new CborWriter().array(1).byteString(nonceTo0Sign.value()).toBytes();
        }
    }

    /**
     * The owner shows the voucher and says where TO2 happens (22).
     *
     * <pre>TO0.OwnerSign = [ to0d: bstr .cbor to0d, to1d ]</pre>
     */
    record OwnerSign(Encoded<To0d> to0d, To1d to1d) implements FromOwner {

        static OwnerSign decode(CborItem item) {
            List<CborItem> parts = item.array(2);
            return new OwnerSign(Encoded.inByteString(parts.get(0), To0d::decode), To1d.decode(parts.get(1)));
        }

        @Override
        public MessageType type() {
            return MessageType.TO0_OWNER_SIGN;
        }

        @Override
        public Bytes encode() {
            return new CborWriter().array(2).byteString(to0d.bytes()).raw(to1d.signed().encoded()).toBytes();
        }
    }

    /**
     * The registration is stored (23).
     *
     * <pre>TO0.AcceptOwner = [ WaitSeconds: uint32 ]</pre>
     *
     * @param waitSeconds how long it is kept
     */
    record AcceptOwner(long waitSeconds) implements FromRendezvous {

        static AcceptOwner decode(CborItem item) {
            return new AcceptOwner(item.array(1).get(0).uint32());
        }

        @Override
        public MessageType type() {
            return MessageType.TO0_ACCEPT_OWNER;
        }

        @Override
        public Bytes encode() {
            return new CborWriter().array(1).integer(waitSeconds).toBytes();
        }
    }
}
