package dev.slipway.simulator;

import dev.slipway.bytes.Bytes;
import dev.slipway.cbor.CborItem;
import dev.slipway.client.FdoClient;
import dev.slipway.cose.CoseSign1;
import dev.slipway.fdo.message.MessageCodec;
import dev.slipway.fdo.message.MessageType;
import dev.slipway.fdo.message.To1;
import dev.slipway.fdo.rendezvous.To1d;
import dev.slipway.fdo.type.Eat;
import dev.slipway.fdo.type.Guid;
import java.util.Optional;

/** The device's side of TO1, message by message. */
public final class To1Run {

    private final FdoClient client;
    private final DeviceKey key;
    private final Guid guid;

    public To1Run(FdoClient client, DeviceKey key, Guid guid) {
        this.client = client;
        this.key = key;
        this.guid = guid;
    }

    /** Where the owner is; its signature is checked in TO2, when the owner's key is known. */
    To1d run() {
        return Telling.telling(client, () -> prove(hello()));
    }

    public To1.HelloRvAck hello() {
        Bytes reply = client.exchange(
                MessageType.TO1_HELLO_RV, new To1.HelloRv(guid, key.sigInfo()).encode(), MessageType.TO1_HELLO_RV_ACK);
        To1.HelloRvAck ack = (To1.HelloRvAck) MessageCodec.decode(MessageType.TO1_HELLO_RV_ACK, reply);
        CheckFailed.require(ack.ebSigInfo().equals(key.sigInfo()), "eBSigInfo is not what the device sent");
        return ack;
    }

    public To1d prove(To1.HelloRvAck ack) {
        Bytes claims = Eat.of(ack.nonceTo1Proof(), guid, Optional.empty()).encode();
        Bytes token = CoseSign1.sign(key.privateKey(), claims).encoded();
        return To1d.decode(CborItem.decode(client.exchange(MessageType.TO1_PROVE_TO_RV, token, MessageType.TO1_RV_REDIRECT)));
    }
}
