/**
 * What an operator touches: configuration, the files of the data folder and of the profiles, start-up checks, and the wiring of the parts.
 *
 * <p>The core gets everything from here that comes from outside: files, clock, randomness. This package may wire any other; it knows no
 * rule of a protocol.
 */
package dev.slipway.ops;
