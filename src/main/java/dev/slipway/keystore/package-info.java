/**
 * Keys in files: one PKCS#12 file for each purpose in the folder {@code keys}, made on first start, for the owner's eyes only.
 *
 * <p>They are read once; what stays in memory are JCA keys. No key is ever overwritten. Implements the ports of {@code fdo.key}, and the seal
 * of {@code ignition.ticket}.
 */
package dev.slipway.keystore;
