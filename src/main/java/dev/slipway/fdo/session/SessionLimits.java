package dev.slipway.fdo.session;

import java.time.Duration;

/**
 * @param live most sessions at once; beyond it the one that was idle longest makes room
 * @param finished most finished sessions kept for repeats
 * @param idle how long a session waits for its next message
 * @param repeat how long the answer to a last message is kept
 */
public record SessionLimits(int live, int finished, Duration idle, Duration repeat) {

    public static final SessionLimits DEFAULT = new SessionLimits(8_192, 65_536, Duration.ofMinutes(10), Duration.ofSeconds(60));
}
