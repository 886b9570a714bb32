/**
 * Immutable octets ({@link dev.slipway.bytes.Bytes}) and octets that must not be seen ({@link dev.slipway.bytes.SecretBytes}).
 *
 * <p>Everything that is received, hashed, signed or stored travels as one of these two; {@code byte[]} stays inside this package and at
 * the borders to JDK and libraries. The package uses the JDK only.
 */
package dev.slipway.bytes;
