package dev.slipway.transport.rendezvous;

import dev.slipway.fdo.type.RvTo2Addr;
import java.time.Duration;

/**
 * @param active whether there is an owner role here to register for
 * @param addresses where TO2 happens
 * @param time how long servers are asked to keep a registration
 * @param atOnce how many registrations are done at once with one server
 */
public record RegistrarPolicy(boolean active, RvTo2Addr addresses, Duration time, int atOnce) {}
