package dev.slipway.fdo.message;

import dev.slipway.bytes.Bytes;
import dev.slipway.cbor.CborItem;
import dev.slipway.cbor.CborWriter;
import java.util.List;

/**
 * What went wrong, told to the peer (255). Never encrypted.
 *
 * <pre>
 * ErrorMessage = [ EMErrorCode: uint16, EMPrevMsgID: uint8, EMErrorStr: tstr, EMErrorTs: timestamp, EMErrorCID: uint ]
 * </pre>
 *
 * @param prevMsg number of the message that is answered; 0 if it had none
 * @param timestamp seconds since 1970
 * @param correlationId leads to our log line; below 2^31
 * @see "FIDO Device Onboard 1.1, Error - Type 255"
 */
public record ErrorMessage(FdoErrorCode code, int prevMsg, long timestamp, int correlationId) {

    private static final int MAX_TEXT_OCTETS = 1024;

    public Bytes encode() {
        return new CborWriter()
                .array(5)
                .integer(code.number())
                .integer(prevMsg)
                .text(code.phrase())
                .integer(timestamp)
                .integer(correlationId)
                .toBytes();
    }

    /**
     * What a peer's error message says, as far as it can be read. Peers differ in time stamps and correlation ids, so neither is read; the
     * text is untrusted.
     */
    public record Received(int code, int prevMsg, String text) {

        public static Received decode(Bytes body) {
            List<CborItem> parts = CborItem.decode(body).array(5);
            return new Received(parts.get(0).uint(65535), parts.get(1).uint(255), parts.get(2).text(MAX_TEXT_OCTETS));
        }
    }
}
