/**
 * A virtual device: it does what a real one does, with a software key, and checks what a real one checks, so that it also judges the server.
 *
 * <p>It shares codecs and key exchange with the server and nothing of its protocol code. {@link dev.slipway.simulator.VirtualDevice} is a
 * device's whole life; {@link dev.slipway.simulator.Fleet} is many of them.
 */
package dev.slipway.simulator;
