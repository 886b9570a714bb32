package dev.slipway.ops;

import dev.slipway.failure.Failure.Malformed;
import dev.slipway.fdo.key.PublicKeyPem;
import dev.slipway.fdo.type.PublicKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The file that {@code slipway.manufacturer.next-owner} names. */
final class NextOwnerFile {

    private static final String SETTING = "slipway.manufacturer.next-owner: ";

    private NextOwnerFile() {}

    /** @throws StartException unless there is a key that a voucher made here can be extended to */
    static List<PublicKey> read(Path file) {
        try {
            List<PublicKey> keys = PublicKeyPem.decode(Files.readString(file)).stream().filter(key -> key.type().isElliptic()).toList();
            if (keys.isEmpty()) {
                throw new StartException(SETTING + file + " has no P-256 or P-384 key; vouchers made here cannot be extended to another");
            }
            return keys;
        } catch (IOException | Malformed e) {
            throw new StartException(SETTING + file + " cannot be used: " + e.getMessage() + "; it holds the next owner's public keys, PEM, "
                    + "as printed by ./slipway owner-key list");
        }
    }
}
