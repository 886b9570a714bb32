package dev.slipway.fdo.session;

import dev.slipway.bytes.Bytes;
import dev.slipway.fdo.message.MessageType;
import dev.slipway.fdo.type.Hash;

/**
 * The last message that a session accepted, and the answer: its exact repeat gets the same answer again, without effect. Clients repeat a
 * message when the answer was lost.
 *
 * @param request hash of the message's octets as they came
 * @param body the answer as it went out, encrypted where it was
 */
public record Answer(MessageType requestType, Hash request, MessageType type, Bytes body) {

    public boolean answers(MessageType otherType, Hash otherRequest) {
        return requestType == otherType && request.equals(otherRequest);
    }
}
