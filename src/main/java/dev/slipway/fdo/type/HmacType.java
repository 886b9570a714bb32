package dev.slipway.fdo.type;

import dev.slipway.bytes.Bytes;
import dev.slipway.bytes.SecretBytes;
import dev.slipway.failure.Failure.Malformed;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC algorithms and their numbers on the wire (FIDO Device Onboard 1.1, Hash / HMac). */
public enum HmacType {
    HMAC_SHA256(5, "HmacSHA256", HashType.SHA256),
    HMAC_SHA384(6, "HmacSHA384", HashType.SHA384);

    private final int id;
    private final String jcaName;
    private final HashType hashType;

    HmacType(int id, String jcaName, HashType hashType) {
        this.id = id;
        this.jcaName = jcaName;
        this.hashType = hashType;
    }

    static HmacType ofId(long id) {
        return Arrays.stream(values())
                .filter(type -> type.id == id)
                .findFirst()
                .orElseThrow(() -> new Malformed("HMAC type " + id + " is not known"));
    }

    /** The HMAC that goes with a hash. */
    public static HmacType of(HashType hashType) {
        return hashType == HashType.SHA256 ? HMAC_SHA256 : HMAC_SHA384;
    }

    public int id() {
        return id;
    }

    /** The hash that voucher entries and the hello hash use beside this HMAC. */
    public HashType hashType() {
        return hashType;
    }

    public Hmac mac(SecretBytes key, Bytes message) {
        return new Hmac(this, Bytes.owning(newMac(key).doFinal(message.toArray())));
    }

    public Mac newMac(SecretBytes key) {
        byte[] raw = key.toArray();
        try {
            Mac mac = Mac.getInstance(jcaName);
            mac.init(new SecretKeySpec(raw, jcaName));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no " + jcaName + " in this JDK", e);
        } finally {
            Arrays.fill(raw, (byte) 0);
        }
    }
}
