package dev.slipway.keystore;

import dev.slipway.fdo.key.ManufacturerKeys;
import dev.slipway.fdo.key.SigningKey;
import dev.slipway.fdo.type.KeyType;
import dev.slipway.fdo.type.PublicKey;
import dev.slipway.keystore.KeyFolder.CertifiedKey;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Signing keys of one purpose, from one file. */
public final class FileKeys implements ManufacturerKeys {

    private final Map<KeyType, SigningKey> keys;

    private FileKeys(Map<KeyType, SigningKey> keys) {
        this.keys = keys;
    }

    /** @param purpose names the file */
    public static FileKeys of(KeyFolder folder, String purpose) {
        Map<KeyType, CertifiedKey> loaded =
                folder.keys(purpose, (selfSigned, type) -> selfSigned.plain(type, "Slipway " + purpose + " " + KeyFolder.alias(type)));
        Map<KeyType, SigningKey> keys = new EnumMap<>(KeyType.class);
        loaded.forEach((type, key) ->
                keys.put(type, new SigningKey(key.privateKey(), PublicKey.of(key.certificate().getPublicKey()))));
        return new FileKeys(keys);
    }

    @Override
    public SigningKey of(KeyType type) {
        return keys.get(type);
    }

    @Override
    public Optional<SigningKey> find(PublicKey publicKey) {
        return keys.values().stream().filter(key -> key.publicKey().sameKeyAs(publicKey)).findFirst();
    }

    List<PublicKey> list() {
        return keys.values().stream().map(SigningKey::publicKey).toList();
    }
}
