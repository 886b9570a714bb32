package dev.slipway.keystore;

import dev.slipway.failure.Failure.Conflict;
import dev.slipway.fdo.key.OwnerKeys;
import dev.slipway.fdo.key.SigningKey;
import dev.slipway.fdo.type.KeyType;
import dev.slipway.fdo.type.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Owner keys: those made here in {@code owner.p12}, those taken in later in {@code owner-imported.p12}. */
public final class OwnerKeyFiles implements OwnerKeys {

    private static final String IMPORTED = "owner-imported";

    private final KeyFolder folder;
    private final FileKeys made;
    private volatile List<SigningKey> imported;

    private OwnerKeyFiles(KeyFolder folder, FileKeys made, List<SigningKey> imported) {
        this.folder = folder;
        this.made = made;
        this.imported = imported;
    }

    public static OwnerKeyFiles of(KeyFolder folder) {
        List<SigningKey> imported = folder.imported(IMPORTED).stream()
                .map(key -> new SigningKey(key.privateKey(), PublicKey.of(key.certificate().getPublicKey())))
                .toList();
        return new OwnerKeyFiles(folder, FileKeys.of(folder, "owner"), imported);
    }

    @Override
    public SigningKey of(KeyType type) {
        return made.of(type);
    }

    @Override
    public Optional<SigningKey> find(PublicKey publicKey) {
        return made.find(publicKey)
                .or(() -> imported.stream().filter(key -> key.publicKey().sameKeyAs(publicKey)).findFirst());
    }

    @Override
    public List<PublicKey> list() {
        return Stream.concat(made.list().stream(), imported.stream().map(SigningKey::publicKey)).toList();
    }

    @Override
    public synchronized void add(SigningKey key) {
        if (find(key.publicKey()).isPresent()) {
            throw new Conflict("this key is one of our owner keys already: " + key.publicKey().fingerprint());
        }
        folder.addImported(IMPORTED, key.privateKey(), key.publicKey());
        List<SigningKey> more = new ArrayList<>(imported);
        more.add(key);
        imported = List.copyOf(more);
    }
}
