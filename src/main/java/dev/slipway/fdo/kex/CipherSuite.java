package dev.slipway.fdo.kex;

import dev.slipway.failure.Failure.Invalid;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.util.Arrays;
import javax.crypto.Cipher;

/** Content ciphers by their COSE numbers (FIDO Device Onboard 1.1, Encrypted Messages). A later suite is a later row. */
public enum CipherSuite {
    A128GCM(1, "AES/GCM/NoPadding", 16, 12),
    A256GCM(3, "AES/GCM/NoPadding", 32, 12);

    private final int id;
    private final String transformation;
    private final int keyOctets;
    private final int ivOctets;
    private volatile Provider provider;

    CipherSuite(int id, String transformation, int keyOctets, int ivOctets) {
        this.id = id;
        this.transformation = transformation;
        this.keyOctets = keyOctets;
        this.ivOctets = ivOctets;
    }

    /** @throws Invalid if it is none of these */
    public static CipherSuite ofId(long id) {
        return Arrays.stream(values())
                .filter(suite -> suite.id == id)
                .findFirst()
                .orElseThrow(() -> new Invalid("cipher suite " + id + " is not supported"));
    }

    public int id() {
        return id;
    }

    /** By the provider that was found the first time: to look for one costs as much as to encrypt a message. */
    Cipher cipher() throws GeneralSecurityException {
        if (provider == null) {
            provider = Cipher.getInstance(transformation).getProvider();
        }
        return Cipher.getInstance(transformation, provider);
    }

    int keyOctets() {
        return keyOctets;
    }

    int ivOctets() {
        return ivOctets;
    }
}
