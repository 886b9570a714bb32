/**
 * CBOR as FDO uses it (RFC 8949): definite lengths only, bounded depth, one item that fills its bytes exactly.
 *
 * <p>{@link dev.slipway.cbor.CborItem} is what was received: a tree whose nodes know the very octets they came as, because FDO hashes, MACs
 * and signs octets, never values. A structure scanner checks well-formedness and limits before the CBOR library sees a leaf; non-preferred
 * integers are tolerated when reading. {@link dev.slipway.cbor.CborWriter} writes deterministic encoding only. This is the only package
 * that knows the CBOR library. Read {@link dev.slipway.cbor.Encoded} next.
 */
package dev.slipway.cbor;
