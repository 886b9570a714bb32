package dev.slipway.tpm;

import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure.Malformed;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Hash algorithms by their TPM_ALG_ID (TCG Algorithm Registry). SHA-1 is read, because old PCR banks use it, and trusted with nothing. */
public enum TpmHash {
    TPM_ALG_SHA1(0x0004, "SHA-1", 20),
    TPM_ALG_SHA256(0x000b, "SHA-256", 32),
    TPM_ALG_SHA384(0x000c, "SHA-384", 48),
    TPM_ALG_SHA512(0x000d, "SHA-512", 64);

    /** The most octets that a digest has. */
    public static final int MAX_OCTETS = 64;

    private final int id;
    private final String jcaName;
    private final int octets;

    TpmHash(int id, String jcaName, int octets) {
        this.id = id;
        this.jcaName = jcaName;
        this.octets = octets;
    }

    public static Optional<TpmHash> find(int id) {
        return Arrays.stream(values()).filter(hash -> hash.id == id).findFirst();
    }

    /** @throws Malformed if it is none of these */
    public static TpmHash ofId(int id) {
        return find(id).orElseThrow(() -> new Malformed("hash algorithm 0x%04x is not supported".formatted(id)));
    }

    /** The hash that tools and logs call {@code sha256}. */
    public static Optional<TpmHash> named(String name) {
        return Arrays.stream(values()).filter(hash -> hash.bank().equals(name)).findFirst();
    }

    public int id() {
        return id;
    }

    public int octets() {
        return octets;
    }

    /** As tools write it: {@code sha256}. */
    public String bank() {
        return jcaNameWithoutDash().toLowerCase(Locale.ROOT);
    }

    /** As it begins the JCA name of a signature or MAC: {@code SHA256}. */
    public String jcaNameWithoutDash() {
        return jcaName.replace("-", "");
    }

    public String jcaName() {
        return jcaName;
    }

    /** Whether a signature or a Name may rest on it. */
    public boolean isStrong() {
        return this != TPM_ALG_SHA1;
    }

    /** The digest of the parts, one after the other. */
    public Bytes digest(Bytes... parts) {
        MessageDigest digest = newDigest();
        for (Bytes part : parts) {
            part.feed(digest);
        }
        return Bytes.owning(digest.digest());
    }

    public MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance(jcaName);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("no " + jcaName + " in this JDK", e);
        }
    }
}
