package dev.slipway.fdo.type;

import dev.slipway.failure.Failure.Malformed;

/** What a rendezvous instruction is about, in the order of the numbers on the wire (FIDO Device Onboard 1.1, RendezvousInfo). */
public enum RvVariable {
    DEV_ONLY,
    OWNER_ONLY,
    IP_ADDRESS,
    DEV_PORT,
    OWNER_PORT,
    DNS,
    SV_CERT_HASH,
    CL_CERT_HASH,
    USER_INPUT,
    WIFI_SSID,
    WIFI_PW,
    MEDIUM,
    PROTOCOL,
    DELAYSEC,
    BYPASS,
    EXT_RV;

    static RvVariable ofId(int id) {
        if (id >= values().length) {
            throw new Malformed("rendezvous variable " + id + " is not known");
        }
        return values()[id];
    }

    public int id() {
        return ordinal();
    }
}
