package dev.slipway.transport.fdo;

/** @param bodyOctets of one message; 65535 is what every client expects a server to take */
public record TransportLimits(int bodyOctets) {}
