/**
 * COSE as FDO uses it (RFC 9052, RFC 9053): {@link dev.slipway.cose.CoseSign1}, {@link dev.slipway.cose.CoseEncrypt0} and
 * {@link dev.slipway.cose.CoseKey}.
 *
 * <p>Algorithms come from the protected header only, structures are verified over the protected octets as received, and a payload is given
 * out only against a key. Primitives come from JCA; which provider serves them is decided where the program starts.
 */
package dev.slipway.cose;
