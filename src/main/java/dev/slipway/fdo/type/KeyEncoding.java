package dev.slipway.fdo.type;

import dev.slipway.failure.Failure.Malformed;
import java.util.Arrays;

/** How a public key is written, with the numbers on the wire (FIDO Device Onboard 1.1, Public key, pkEnc). We emit X509 only. */
public enum KeyEncoding {
    /** The form of the algorithm itself: modulus and exponent of an RSA key. */
    CRYPTO(0),
    X509(1),
    X5CHAIN(2),
    COSEKEY(3);

    private final int id;

    KeyEncoding(int id) {
        this.id = id;
    }

    /** @throws Malformed if it is none of these */
    public static KeyEncoding ofId(long id) {
        return Arrays.stream(values())
                .filter(encoding -> encoding.id == id)
                .findFirst()
                .orElseThrow(() -> new Malformed("public key encoding " + id + " is not supported"));
    }

    public int id() {
        return id;
    }
}
