/**
 * The owner's side of TO0: tells other people's rendezvous servers where our devices find us.
 *
 * <p>{@link dev.slipway.transport.rendezvous.Registrar} decides when, {@link dev.slipway.transport.rendezvous.RendezvousClient} does it. What
 * is to be done lies in storage, so it survives a restart.
 */
package dev.slipway.transport.rendezvous;
