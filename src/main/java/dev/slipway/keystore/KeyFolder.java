package dev.slipway.keystore;

import dev.slipway.fdo.type.HashType;
import dev.slipway.fdo.type.KeyType;
import dev.slipway.fdo.type.RandomSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Base64;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** The folder {@code keys} of a data folder, and the passphrase that its files are under. */
public final class KeyFolder {

    /** A private key and the certificate that goes with it. */
    record CertifiedKey(PrivateKey privateKey, X509Certificate certificate) {}

    private static final String PKCS12 = "PKCS12";
    private static final String PASSPHRASE = "passphrase";
    private static final int PASSPHRASE_OCTETS = 32;
    private static final int SECRET_OCTETS = 32;

    private final Path folder;
    private final char[] passphrase;
    private final RandomSource random;
    private final SelfSigned selfSigned;

    private KeyFolder(Path folder, char[] passphrase, RandomSource random, Clock clock) {
        this.folder = folder;
        this.passphrase = passphrase;
        this.random = random;
        this.selfSigned = new SelfSigned(random, clock);
    }

    /**
     * Opens the folder, and makes it and its passphrase where they are not there.
     *
     * @param passphraseFile where the passphrase is kept outside the folder
     * @throws KeyFileException if the passphrase cannot be read
     */
    public static KeyFolder open(Path folder, Optional<Path> passphraseFile, RandomSource random, Clock clock) {
        try {
            Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Path file = passphraseFile.orElse(folder.resolve(PASSPHRASE));
            if (passphraseFile.isEmpty() && !Files.exists(file)) {
                String made = Base64.getUrlEncoder().withoutPadding().encodeToString(random.next(PASSPHRASE_OCTETS).toArray());
                OwnerOnlyFile.write(file, made.getBytes(StandardCharsets.US_ASCII));
            }
            String passphrase = Files.readString(file).strip();
            if (passphrase.isEmpty()) {
                throw new KeyFileException(file, "is empty; put the passphrase of the key files on its first line");
            }
            return new KeyFolder(folder, passphrase.toCharArray(), random, clock);
        } catch (IOException e) {
            throw new KeyFileException(passphraseFile.orElse(folder), "cannot be read or made: " + e.getMessage());
        }
    }

    Path folder() {
        return folder;
    }

    SelfSigned selfSigned() {
        return selfSigned;
    }

    /** The passphrase, for whoever opens a file of the folder by himself. */
    public String passphrase() {
        return new String(passphrase);
    }

    /** The keys of {@code NAME.p12}, one of each type; made where the file is not there. */
    Map<KeyType, CertifiedKey> keys(String name, BiFunction<SelfSigned, KeyType, CertifiedKey> make) {
        Path file = folder.resolve(name + ".p12");
        if (!Files.exists(file)) {
            KeyStore store = empty();
            KeyType.ELLIPTIC.forEach(type -> put(store, alias(type), make.apply(selfSigned, type)));
            save(store, file);
        }
        KeyStore store = read(file);
        Map<KeyType, CertifiedKey> keys = new EnumMap<>(KeyType.class);
        for (KeyType type : KeyType.ELLIPTIC) {
            keys.put(type, get(store, alias(type), file));
        }
        return keys;
    }

    /** The keys of {@code NAME.p12} that came from elsewhere; none where the file is not there. */
    List<CertifiedKey> imported(String name) {
        Path file = folder.resolve(name + ".p12");
        KeyStore store = Files.exists(file) ? read(file) : empty();
        try {
            return Collections.list(store.aliases()).stream().map(alias -> get(store, alias, file)).toList();
        } catch (KeyStoreException e) {
            throw damaged(file);
        }
    }

    /** Adds a key to those of {@code NAME.p12}; on disk when this returns. */
    void addImported(String name, PrivateKey key, dev.slipway.fdo.type.PublicKey publicKey) {
        Path file = folder.resolve(name + ".p12");
        KeyStore store = Files.exists(file) ? read(file) : empty();
        put(store, HashType.SHA256.hash(publicKey.spki()).value().toHex(), selfSigned.around(key, publicKey.key(), "Slipway imported owner"));
        save(store, file);
    }

    /** The secret key of {@code NAME.p12}, 256 bits; made where the file is not there. */
    SecretKey secret(String name) {
        Path file = folder.resolve(name + ".p12");
        try {
            if (!Files.exists(file)) {
                KeyStore store = empty();
                store.setKeyEntry(name, new SecretKeySpec(random.next(SECRET_OCTETS).toArray(), "AES"), passphrase, null);
                save(store, file);
            }
            if (read(file).getKey(name, passphrase) instanceof SecretKey key) {
                return key;
            }
            throw new KeyFileException(file, "has no key '" + name + "'; restore it from a backup");
        } catch (GeneralSecurityException e) {
            throw damaged(file);
        }
    }

    private KeyStore read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance(PKCS12);
            store.load(in, passphrase);
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw damaged(file);
        }
    }

    private CertifiedKey get(KeyStore store, String alias, Path file) {
        try {
            PrivateKey key = (PrivateKey) store.getKey(alias, passphrase);
            if (key == null) {
                throw new KeyFileException(file, "has no key '" + alias + "'; restore it from a backup");
            }
            return new CertifiedKey(key, (X509Certificate) store.getCertificate(alias));
        } catch (GeneralSecurityException e) {
            throw damaged(file);
        }
    }

    private static KeyFileException damaged(Path file) {
        return new KeyFileException(file, "cannot be opened; the passphrase is wrong or the file is damaged: restore both from a backup");
    }

    static String alias(KeyType type) {
        return type == KeyType.SECP256R1 ? "ec256" : "ec384";
    }

    /** On disk when this returns. */
    void save(KeyStore store, Path file) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            store.store(out, passphrase);
            OwnerOnlyFile.write(file, out.toByteArray());
        } catch (GeneralSecurityException | IOException e) {
            throw new KeyFileException(file, "cannot be written: " + e.getMessage());
        }
    }

    KeyStore empty() {
        try {
            KeyStore store = KeyStore.getInstance(PKCS12);
            store.load(null, passphrase);
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("this Java cannot make a key file", e);
        }
    }

    void put(KeyStore store, String alias, CertifiedKey key) {
        try {
            store.setKeyEntry(alias, key.privateKey(), passphrase, new Certificate[] {key.certificate()});
        } catch (KeyStoreException e) {
            throw new IllegalStateException("this Java cannot put a key into a key file", e);
        }
    }
}
