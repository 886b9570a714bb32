package dev.slipway.transport;

import dev.slipway.fdo.key.TpmPolicy;
import java.util.Optional;

/** Factory stations: each has a token that opens device initialisation and the enrolment of TPMs, from anywhere, and nothing else. */
public interface Stations {

    /**
     * What a station does.
     *
     * @param tpm what is asked of the keys of devices there; empty where nothing was said for this station
     */
    record Station(Optional<TpmPolicy> tpm) {}

    /** Empty for a token that no station has. */
    Optional<Station> find(String token);
}
