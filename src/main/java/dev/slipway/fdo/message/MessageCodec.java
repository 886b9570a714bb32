package dev.slipway.fdo.message;

import dev.slipway.bytes.Bytes;
import dev.slipway.cbor.CborItem;

/** Reads messages in clear. Writing is {@link FdoMessage#encode()}. */
public final class MessageCodec {

    private MessageCodec() {}

    /**
     * @throws dev.slipway.failure.Failure.Malformed if {@code body} is not exactly one message of this type
     * @throws dev.slipway.failure.Failure.Invalid if it holds a point that is not on its curve
     */
    public static FdoMessage decode(MessageType type, Bytes body) {
        CborItem item = CborItem.decode(body);
        return switch (type) {
            case DI_APP_START -> Di.AppStart.decode(item);
            case DI_SET_CREDENTIALS -> Di.SetCredentials.decode(item);
            case DI_SET_HMAC -> Di.SetHmac.decode(item);
            case DI_DONE -> Di.Done.decode(item);
            case TO0_HELLO -> To0.Hello.decode(item);
            case TO0_HELLO_ACK -> To0.HelloAck.decode(item);
            case TO0_OWNER_SIGN -> To0.OwnerSign.decode(item);
            case TO0_ACCEPT_OWNER -> To0.AcceptOwner.decode(item);
            case TO1_HELLO_RV -> To1.HelloRv.decode(item);
            case TO1_HELLO_RV_ACK -> To1.HelloRvAck.decode(item);
            case TO1_PROVE_TO_RV -> To1.ProveToRv.decode(item);
            case TO1_RV_REDIRECT -> new To1.RvRedirect(item.bytes());
            case TO2_HELLO_DEVICE -> To2.HelloDevice.decode(item);
            case TO2_PROVE_OV_HDR -> To2.ProveOvHdr.decode(item);
            case TO2_GET_OV_NEXT_ENTRY -> To2.GetOvNextEntry.decode(item);
            case TO2_OV_NEXT_ENTRY -> To2.OvNextEntry.decode(item);
            case TO2_PROVE_DEVICE -> To2.ProveDevice.decode(item);
            case TO2_SETUP_DEVICE -> To2.SetupDevice.decode(item);
            case TO2_DEVICE_SERVICE_INFO_READY -> To2.DeviceServiceInfoReady.decode(item);
            case TO2_OWNER_SERVICE_INFO_READY -> To2.OwnerServiceInfoReady.decode(item);
            case TO2_DEVICE_SERVICE_INFO -> To2.DeviceServiceInfo.decode(item);
            case TO2_OWNER_SERVICE_INFO -> To2.OwnerServiceInfo.decode(item);
            case TO2_DONE -> To2.Done.decode(item);
            case TO2_DONE2 -> To2.Done2.decode(item);
        };
    }
}
