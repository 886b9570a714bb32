package dev.slipway.fdo.owner;

import dev.slipway.audit.AuditEvent;
import dev.slipway.bytes.Bytes;
import dev.slipway.fdo.type.Guid;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What our vouchers' registrations at rendezvous servers have come to. */
public interface RegistrationStore {

    /**
     * Those whose time has come, longest overdue first.
     *
     * @param except servers that are not to be bothered now
     */
    List<Registration> due(Instant now, int limit, Set<URI> except);

    /** Those of one voucher. */
    List<Registration> of(Guid guid);

    /**
     * The server accepted. Says nothing where the registration is no longer wanted.
     *
     * @param addresses what the server was told, encoded
     */
    void accepted(Registration registration, Instant at, Optional<Instant> grantedUntil, Instant nextAttempt, Bytes addresses, AuditEvent event);

    /** @param error in words */
    void failed(Registration registration, Instant at, String error, Instant nextAttempt);

    /** Makes due what servers were told other addresses for. */
    int makeDueUnlessTold(Bytes addresses, Instant now);
}
