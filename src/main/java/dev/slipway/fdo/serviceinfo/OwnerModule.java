package dev.slipway.fdo.serviceinfo;

/** The owner's side of a service info module, set up for one step of a plan. It keeps no progress itself: that goes in and comes out. */
public interface OwnerModule {

    /** The module's name, as devices list it: {@code fdo.download}. */
    String name();

    /** What it keeps in memory of what it sends. */
    int octets();

    StepProgress begin();

    /** Adds what is to be sent next, as far as there is room. It adds nothing while it waits for the device. */
    StepProgress send(StepProgress progress, ServiceInfoBatch batch);

    /**
     * Takes in a message from the module on the device.
     *
     * @throws dev.slipway.failure.Failure.Invalid if it means that the step failed
     */
    StepProgress receive(StepProgress progress, ServiceInfoMessage message);
}
