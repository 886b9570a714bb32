package dev.slipway.fdo.serviceinfo;

import dev.slipway.cbor.CborItem;

/** A whole message from a module on the device, put together again where it came in pieces. */
public record ServiceInfoMessage(String module, String message, CborItem value) {}
