package dev.slipway.simulator;

import java.time.Duration;

/** Lets time pass. */
@FunctionalInterface
public interface Sleeper {

    Sleeper REAL = duration -> {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a device waited", e);
        }
    };

    void sleep(Duration duration);
}
