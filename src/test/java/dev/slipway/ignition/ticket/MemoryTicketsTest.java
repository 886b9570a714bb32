package dev.slipway.ignition.ticket;

import java.util.UUID;

/** The double that the other tests here use behaves as storage does. */
class MemoryTicketsTest extends TicketStoreContract {

    @Override
    protected TicketStore store() {
        return new MemoryTickets();
    }

    @Override
    protected UUID newDevice() {
        return UUID.randomUUID();
    }
}
