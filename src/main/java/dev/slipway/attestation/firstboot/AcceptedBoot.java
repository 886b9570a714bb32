package dev.slipway.attestation.firstboot;

import dev.slipway.attestation.PcrPolicy;
import dev.slipway.attestation.PcrValues;
import dev.slipway.attestation.ReferenceImage;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What a device booted when an operator said that it may: from then on it has to be the same. */
public record AcceptedBoot(PcrValues values, Instant at) {

    PcrPolicy policy() {
        return new PcrPolicy(List.of(ReferenceImage.of("image accepted at " + at, values, Map.of())));
    }
}
