package dev.slipway.ops;

import dev.slipway.persistence.Writes;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready while what devices do can be stored. */
@Readiness
@Singleton
final class WriterCheck implements HealthCheck {

    private final Writes writes;

    WriterCheck(Writes writes) {
        this.writes = writes;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("writer").status(writes.isAlive()).build();
    }
}
