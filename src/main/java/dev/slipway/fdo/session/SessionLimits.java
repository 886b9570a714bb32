package dev.slipway.fdo.session;

import java.time.Duration;

/**
 * @param live most sessions at once
 * @param livePerPeer most of them with one address; behind one address there may be a whole building
 * @param octets what live sessions keep of vouchers and configs, after which no other one begins
 * @param octetsPerPeer what those with one address keep
 * @param finished most finished sessions kept for repeats, each with its last answer; the oldest make room
 * @param refusals of messages, after which a session ends
 * @param idle how long a session waits for its next message
 * @param repeat how long the answer to a last message is kept
 */
public record SessionLimits(int live, int livePerPeer, long octets, long octetsPerPeer, int finished, int refusals, Duration idle, Duration repeat) {}
