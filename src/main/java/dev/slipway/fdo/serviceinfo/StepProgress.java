package dev.slipway.fdo.serviceinfo;

/** How far a step of a plan has come. Part of the session's state, so it holds values only. */
public interface StepProgress {

    default boolean finished() {
        return false;
    }
}
