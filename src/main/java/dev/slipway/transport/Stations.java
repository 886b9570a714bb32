package dev.slipway.transport;

/** Factory stations: each has a token that opens device initialisation, from anywhere, and nothing else. */
public interface Stations {

    boolean know(String token);
}
