package dev.slipway.fdo.message;

import dev.slipway.bytes.Bytes;

/** A message of one of the four protocols. */
public sealed interface FdoMessage permits Di, To0, To1, To2, FdoMessage.FromClient, FdoMessage.FromService {

    MessageType type();

    /** The message in clear, as deterministic CBOR. */
    Bytes encode();

    /** What a service accepts. */
    sealed interface FromClient extends FdoMessage permits Di.FromDevice, To0.FromOwner, To1.FromDevice, To2.FromDevice {}

    /** What a service answers. */
    sealed interface FromService extends FdoMessage permits Di.FromManufacturer, To0.FromRendezvous, To1.FromRendezvous, To2.FromOwner {}
}
