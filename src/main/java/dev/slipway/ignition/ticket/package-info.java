/**
 * Tickets and leases: the right of one device to fetch one config, and what becomes of it.
 *
 * <p>A {@link dev.slipway.ignition.ticket.Ticket} is minted by an event that proved something ({@link dev.slipway.ignition.ticket.Proof}):
 * a TO2, an operator's approval. The first fetch starts a lease, in which the very same octets are given out again, because real Ignition
 * fetches again after a power cut or for new kernel arguments. The lease ends by the machine's completion report, by time, or by an
 * operator. Read {@link dev.slipway.ignition.ticket.ConfigService} first: it decides what a request gets, and
 * {@link dev.slipway.ignition.ticket.TicketMint} how tickets come to be.
 *
 * <p>A device has one living ticket at most: minting another ends it, so that there are never two machines that could both be the device.
 * Whoever shows a ticket after its lease has ended is a <em>second consumer</em>: either the machine lost what it fetched, or somebody
 * copied the ticket.
 *
 * <p>The package knows neither HTTP nor storage.
 */
package dev.slipway.ignition.ticket;
