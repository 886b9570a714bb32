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
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** The folder {@code keys} of a data folder, and the passphrase that its files are under. */
public final class KeyFolder {

    /** A private key and the certificate that goes with it. */
    record CertifiedKey(PrivateKey privateKey, X509Certificate certificate) {}

    private static final String PKCS12 = "PKCS12";
    private static final String PASSPHRASE = "passphrase";
    private static final int PASSPHRASE_OCTETS = 32;

    private final Path folder;
    private final char[] passphrase;
    private final SelfSigned selfSigned;

    private KeyFolder(Path folder, char[] passphrase, SelfSigned selfSigned) {
        this.folder = folder;
        this.passphrase = passphrase;
        this.selfSigned = selfSigned;
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
            return new KeyFolder(folder, passphrase.toCharArray(), new SelfSigned(random, clock));
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
        try {
            if (!Files.exists(file)) {
                KeyStore store = empty();
                for (KeyType type : KeyType.ELLIPTIC) {
                    CertifiedKey made = make.apply(selfSigned, type);
                    store.setKeyEntry(alias(type), made.privateKey(), passphrase, new Certificate[] {made.certificate()});
                }
                save(store, file);
            }
            return load(file);
        } catch (GeneralSecurityException | IOException e) {
            throw damaged(file);
        }
    }

    private Map<KeyType, CertifiedKey> load(Path file) throws GeneralSecurityException, IOException {
        KeyStore store = open(file);
        Map<KeyType, CertifiedKey> keys = new EnumMap<>(KeyType.class);
        for (KeyType type : KeyType.ELLIPTIC) {
            PrivateKey key = (PrivateKey) store.getKey(alias(type), passphrase);
            if (key == null) {
                throw new KeyFileException(file, "has no key '" + alias(type) + "'; restore it from a backup");
            }
            keys.put(type, new CertifiedKey(key, (X509Certificate) store.getCertificate(alias(type))));
        }
        return keys;
    }

    /** The keys of {@code NAME.p12} that came from elsewhere; none where the file is not there. */
    List<CertifiedKey> imported(String name) {
        Path file = folder.resolve(name + ".p12");
        try {
            KeyStore store = opened(file);
            List<CertifiedKey> keys = new ArrayList<>();
            for (String alias : Collections.list(store.aliases())) {
                keys.add(new CertifiedKey((PrivateKey) store.getKey(alias, passphrase), (X509Certificate) store.getCertificate(alias)));
            }
            return keys;
        } catch (GeneralSecurityException e) {
            throw damaged(file);
        }
    }

    /** Adds a key to those of {@code NAME.p12}; on disk when this returns. */
    void addImported(String name, PrivateKey key, dev.slipway.fdo.type.PublicKey publicKey) {
        Path file = folder.resolve(name + ".p12");
        try {
            KeyStore store = opened(file);
            CertifiedKey certified = selfSigned.around(key, publicKey.key(), "Slipway imported owner");
            String alias = HashType.SHA256.hash(publicKey.spki()).value().toHex();
            store.setKeyEntry(alias, certified.privateKey(), passphrase, new Certificate[] {certified.certificate()});
            save(store, file);
        } catch (GeneralSecurityException | IOException e) {
            throw new KeyFileException(file, "cannot be written, so the key was not imported: " + e.getMessage());
        }
    }

    private KeyStore opened(Path file) {
        try {
            return open(file);
        } catch (GeneralSecurityException | IOException e) {
            throw damaged(file);
        }
    }

    private KeyStore open(Path file) throws GeneralSecurityException, IOException {
        if (!Files.exists(file)) {
            return empty();
        }
        KeyStore store = KeyStore.getInstance(PKCS12);
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, passphrase);
        }
        return store;
    }

    private static KeyFileException damaged(Path file) {
        return new KeyFileException(file, "cannot be opened; the passphrase is wrong or the file is damaged: restore both from a backup");
    }

    static String alias(KeyType type) {
        return type == KeyType.SECP256R1 ? "ec256" : "ec384";
    }

    void save(KeyStore store, Path file) throws GeneralSecurityException, IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        store.store(out, passphrase);
        OwnerOnlyFile.write(file, out.toByteArray());
    }

    KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(PKCS12);
        store.load(null, passphrase);
        return store;
    }

    char[] passphraseChars() {
        return passphrase.clone();
    }
}
