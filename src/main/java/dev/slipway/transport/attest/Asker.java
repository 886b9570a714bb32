package dev.slipway.transport.attest;

import dev.slipway.failure.Failure;
import java.util.Locale;

/** Who asks, and so what is told of a refusal. */
enum Asker {
    /** A factory line, which is let in before anything is looked at: it is told the reason. */
    STATION("enrollment.refused") {
        @Override
        AttestError error(Failure failure) {
            return AttestError.of(failure);
        }
    },
    /** A device, or whoever says he is one: he learns nothing that helps to try again. */
    DEVICE("attestation.refused") {
        @Override
        AttestError error(Failure failure) {
            return AttestError.toDevice(failure);
        }
    };

    private final String event;

    Asker(String event) {
        this.event = event;
    }

    /** The id of the event of a refusal. */
    String event() {
        return event;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    abstract AttestError error(Failure failure);
}
