package dev.slipway.fdo.message;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** All messages of FDO 1.1 but the error, with their numbers (FIDO Device Onboard 1.1, Message Passing Protocol). */
public enum MessageType {
    DI_APP_START(10, Protocol.DI, Sender.CLIENT),
    DI_SET_CREDENTIALS(11, Protocol.DI, Sender.SERVICE),
    DI_SET_HMAC(12, Protocol.DI, Sender.CLIENT),
    DI_DONE(13, Protocol.DI, Sender.SERVICE),
    TO0_HELLO(20, Protocol.TO0, Sender.CLIENT),
    TO0_HELLO_ACK(21, Protocol.TO0, Sender.SERVICE),
    TO0_OWNER_SIGN(22, Protocol.TO0, Sender.CLIENT),
    TO0_ACCEPT_OWNER(23, Protocol.TO0, Sender.SERVICE),
    TO1_HELLO_RV(30, Protocol.TO1, Sender.CLIENT),
    TO1_HELLO_RV_ACK(31, Protocol.TO1, Sender.SERVICE),
    TO1_PROVE_TO_RV(32, Protocol.TO1, Sender.CLIENT),
    TO1_RV_REDIRECT(33, Protocol.TO1, Sender.SERVICE),
    TO2_HELLO_DEVICE(60, Protocol.TO2, Sender.CLIENT),
    TO2_PROVE_OV_HDR(61, Protocol.TO2, Sender.SERVICE),
    TO2_GET_OV_NEXT_ENTRY(62, Protocol.TO2, Sender.CLIENT),
    TO2_OV_NEXT_ENTRY(63, Protocol.TO2, Sender.SERVICE),
    TO2_PROVE_DEVICE(64, Protocol.TO2, Sender.CLIENT),
    TO2_SETUP_DEVICE(65, Protocol.TO2, Sender.SERVICE),
    TO2_DEVICE_SERVICE_INFO_READY(66, Protocol.TO2, Sender.CLIENT),
    TO2_OWNER_SERVICE_INFO_READY(67, Protocol.TO2, Sender.SERVICE),
    TO2_DEVICE_SERVICE_INFO(68, Protocol.TO2, Sender.CLIENT),
    TO2_OWNER_SERVICE_INFO(69, Protocol.TO2, Sender.SERVICE),
    TO2_DONE(70, Protocol.TO2, Sender.CLIENT),
    TO2_DONE2(71, Protocol.TO2, Sender.SERVICE);

    /** The number of an error message, which belongs to no protocol. */
    public static final int ERROR = 255;

    private static final int FIRST_ENCRYPTED = 65;
    private static final Map<Integer, MessageType> BY_NUMBER =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(MessageType::number, Function.identity()));

    private enum Sender {
        CLIENT,
        SERVICE
    }

    private final int number;
    private final Protocol protocol;
    private final Sender sender;

    MessageType(int number, Protocol protocol, Sender sender) {
        this.number = number;
        this.protocol = protocol;
        this.sender = sender;
    }

    public static Optional<MessageType> ofNumber(int number) {
        return Optional.ofNullable(BY_NUMBER.get(number));
    }

    public int number() {
        return number;
    }

    public Protocol protocol() {
        return protocol;
    }

    /** Sent by a device, or by an owner to a rendezvous service: the only messages a service accepts. */
    public boolean fromClient() {
        return sender == Sender.CLIENT;
    }

    /** Begins a protocol run, and so needs no session. */
    public boolean opens() {
        return this == DI_APP_START || this == TO0_HELLO || this == TO1_HELLO_RV || this == TO2_HELLO_DEVICE;
    }

    public boolean encrypted() {
        return number >= FIRST_ENCRYPTED;
    }
}
