package dev.slipway.fdo.kex;

import dev.slipway.cose.EcCurve;
import dev.slipway.failure.Failure.Invalid;
import java.util.Arrays;

/** Key exchanges by their names on the wire (FIDO Device Onboard 1.1, Key Exchange in the TO2 Protocol). A later suite is a later row. */
public enum KexSuite {
    ECDH256(EcCurve.P_256, 16),
    ECDH384(EcCurve.P_384, 48);

    private final EcCurve curve;
    private final int randomOctets;

    KexSuite(EcCurve curve, int randomOctets) {
        this.curve = curve;
        this.randomOctets = randomOctets;
    }

    /** @throws Invalid if it is none of these; names are case-sensitive */
    public static KexSuite ofName(String name) {
        return Arrays.stream(values())
                .filter(suite -> suite.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new Invalid("key exchange suite is not supported"));
    }

    EcCurve curve() {
        return curve;
    }

    int randomOctets() {
        return randomOctets;
    }
}
