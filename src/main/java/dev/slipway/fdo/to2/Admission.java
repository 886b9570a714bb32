package dev.slipway.fdo.to2;

import dev.slipway.fdo.type.Guid;

/** Whether a device may begin its onboarding. */
@FunctionalInterface
public interface Admission {

    /**
     * @param guid of a voucher of ours
     * @throws dev.slipway.failure.Failure.NotYet if nobody has decided yet what it gets: it tries again later, with nothing changed
     */
    void requireDecided(Guid guid);
}
