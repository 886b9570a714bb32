/**
 * What devices call, over HTTP: {@code fdo} serves the messages of FIDO Device Onboard, {@code ignition} configs to Ignition.
 *
 * <p>An endpoint knows paths, headers and sizes and no rule of a protocol. It answers on the connection's own event loop; the work in
 * between is done on a virtual thread. Read {@code fdo.Conversation} first: one message, from octets to answer.
 */
package dev.slipway.transport;
