package dev.slipway.fdo.serviceinfo;

import dev.slipway.fdo.type.Guid;
import java.util.List;

/** What the owner does with a device in service info: one module after the other. */
public record Plan(List<OwnerModule> steps) {

    public static final Plan EMPTY = new Plan(List.of());

    public Plan {
        steps = List.copyOf(steps);
    }

    /** Makes plans. Asked once in an onboarding, when the device has said what it is. */
    @FunctionalInterface
    public interface Source {

        /** @throws dev.slipway.failure.Failure if there is no plan for this device, or its config is not fit to be sent */
        Plan planFor(Guid guid, Devmod devmod);
    }
}
