package dev.slipway.attestation;

import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * RSA keys of a broken Infineon library: their moduli are powers of 65537 modulo many small primes, and can be factored.
 *
 * @see "CVE-2017-15361; The Return of Coppersmith's Attack (2017), Fingerprinting"
 */
final class Roca {

    /** Primes for which the powers of 65537 are few; a sound modulus passes for all of them about once in 2^27. */
    private static final List<Integer> PRIMES = List.of(11, 13, 17, 19, 37, 53, 61, 71, 73, 79, 97, 103, 107, 109, 127, 151, 157);

    private static final List<Set<Integer>> POWERS = PRIMES.stream().map(Roca::powers).toList();

    private Roca() {}

    private static Set<Integer> powers(int prime) {
        Set<Integer> powers = new HashSet<>();
        int power = 1;
        while (powers.add(power)) {
            power = power * (65537 % prime) % prime;
        }
        return powers;
    }

    static boolean marks(BigInteger modulus) {
        for (int i = 0; i < PRIMES.size(); i++) {
            if (!POWERS.get(i).contains(modulus.mod(BigInteger.valueOf(PRIMES.get(i))).intValue())) {
                return false;
            }
        }
        return true;
    }
}
