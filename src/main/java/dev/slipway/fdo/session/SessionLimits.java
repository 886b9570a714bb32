package dev.slipway.fdo.session;

import java.time.Duration;

/**
 * @param live most sessions at once; beyond it the one that was idle longest makes room
 * @param finished most finished sessions kept for repeats
 * @param idle how long a session waits for its next message
 * @param repeat how long the answer to a last message is kept
 */
public record SessionLimits(int live, int finished, Duration idle, Duration repeat) {

    /** A live session may hold a whole voucher, some 30 KB; a finished one holds its last answer. */
    public static final SessionLimits DEFAULT = new SessionLimits(2_048, 32_768, Duration.ofMinutes(10), Duration.ofSeconds(60));
}
