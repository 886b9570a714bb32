package dev.slipway.transport.rendezvous;

import dev.slipway.bytes.Bytes;
import dev.slipway.client.FdoClient;
import dev.slipway.client.PeerError;
import dev.slipway.fdo.key.SigningKey;
import dev.slipway.fdo.message.MessageCodec;
import dev.slipway.fdo.message.MessageType;
import dev.slipway.fdo.message.To0;
import dev.slipway.fdo.rendezvous.OwnerRegistration;
import dev.slipway.fdo.rendezvous.RendezvousServer;
import dev.slipway.fdo.voucher.VerifiedVoucher;
import java.net.URI;
import java.net.http.HttpClient;

/** TO0 as an owner does it (FIDO Device Onboard 1.1, Transfer Ownership Protocol 0). */
public final class RendezvousClient {

    private final HttpClient http;
    private final RegistrarPolicy policy;

    public RendezvousClient(HttpClient http, RegistrarPolicy policy) {
        this.http = http;
        this.policy = policy;
    }

    /**
     * Registers a device, at the first of the server's addresses that answers.
     *
     * @return the seconds for which the server says it keeps the registration; 0 leaves it open
     * @throws PeerError if the server refuses, or none of its addresses answers; its status is 0 then
     * @throws dev.slipway.failure.Failure if what it answers cannot be read
     */
    long register(RendezvousServer server, VerifiedVoucher voucher, SigningKey owner) {
        PeerError unreachable = null;
        for (URI url : server.urls()) {
            try {
                return register(new FdoClient(http, url, FdoClient.Observer.NONE), voucher, owner);
            } catch (PeerError e) {
                if (e.status() != 0) {
                    throw e;
                }
                unreachable = e;
            }
        }
        throw unreachable;
    }

    private long register(FdoClient client, VerifiedVoucher voucher, SigningKey owner) {
        Bytes hello = client.exchange(MessageType.TO0_HELLO, new To0.Hello().encode(), MessageType.TO0_HELLO_ACK);
        To0.HelloAck ack = (To0.HelloAck) MessageCodec.decode(MessageType.TO0_HELLO_ACK, hello);
        OwnerRegistration registration =
                OwnerRegistration.sign(voucher, owner, policy.addresses(), policy.time().toSeconds(), ack.nonceTo0Sign());
        Bytes accepted = client.exchange(
                MessageType.TO0_OWNER_SIGN,
                new To0.OwnerSign(registration.to0d(), registration.to1d()).encode(),
                MessageType.TO0_ACCEPT_OWNER);
        return ((To0.AcceptOwner) MessageCodec.decode(MessageType.TO0_ACCEPT_OWNER, accepted)).waitSeconds();
    }
}
