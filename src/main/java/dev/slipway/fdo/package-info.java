/**
 * FIDO Device Onboard 1.1: values, vouchers, key exchange, messages and the four protocols, in plain Java with values in and values out.
 *
 * <p>Direction inside: {@code type ← key, voucher, rendezvous, owner, kex, serviceinfo ← message ← session ← di, to0, to1, to2}. The
 * protocols do not know each other. {@code owner} is what an owner does with vouchers apart from them: import, handover, registrations.
 * Read {@code type} first, then {@code message}, then {@code to2}. What a package needs from outside (storage, keys, clock, randomness,
 * plans) it states as a port that an adapter implements.
 */
package dev.slipway.fdo;
