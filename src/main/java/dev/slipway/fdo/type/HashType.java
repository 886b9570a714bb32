package dev.slipway.fdo.type;

import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure.Malformed;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** Hash algorithms and their numbers on the wire, which are negative (FIDO Device Onboard 1.1, Hash / HMac). */
public enum HashType {
    SHA256(-16, "SHA-256", 32),
    SHA384(-43, "SHA-384", 48);

    private final int id;
    private final String jcaName;
    private final int octets;

    HashType(int id, String jcaName, int octets) {
        this.id = id;
        this.jcaName = jcaName;
        this.octets = octets;
    }

    static HashType ofId(long id) {
        return Arrays.stream(values())
                .filter(type -> type.id == id)
                .findFirst()
                .orElseThrow(() -> new Malformed("hash type " + id + " is not known"));
    }

    public int id() {
        return id;
    }

    public int octets() {
        return octets;
    }

    /** The hash of the parts, one after the other. */
    public Hash hash(Bytes... parts) {
        MessageDigest digest = newDigest();
        for (Bytes part : parts) {
            part.feed(digest);
        }
        return new Hash(this, Bytes.owning(digest.digest()));
    }

    /** For input that comes in pieces. */
    public MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance(jcaName);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("no " + jcaName + " in this JDK", e);
        }
    }
}
