package dev.slipway.ignition;

/** One step of what an FDO device does in TO2, in the order of {@code plan.yaml}. */
public sealed interface PlanStep {

    /**
     * Sends one file.
     *
     * @param source {@link #CONFIG} for the rendered config, else the path of a local file of the profile, {@code files/…}
     * @param name the name that the device stores it under
     */
    record Download(String source, String name) implements PlanStep {
        /** The source that means the rendered config. */
        public static final String CONFIG = "config";

        public boolean sendsConfig() {
            return source.equals(CONFIG);
        }
    }

    /**
     * Sends a pointer config in place of the config: Ignition fetches that over HTTPS, with the ticket in it.
     *
     * @param name the name that the device stores it under
     */
    record Pointer(String name) implements PlanStep {}
}
