package dev.slipway.keystore;

import dev.slipway.fdo.key.PublicKeyPem;
import dev.slipway.fdo.type.KeyType;
import dev.slipway.keystore.KeyFolder.CertifiedKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.LinkedHashSet;
import java.util.List;

/** The certificate of the HTTPS listener: {@code tls.p12}, and as {@code tls.pem} for whoever is to trust it. */
public final class ServerCertificate {

    private static final List<String> LOCAL_NAMES = List.of("localhost", "127.0.0.1", "::1");

    private ServerCertificate() {}

    /** The certificate as PEM, which whoever is to trust it needs; made where it is not there, as {@link #ensure}. */
    public static String pem(KeyFolder folder, String publicHost) {
        ensure(folder, publicHost);
        Path file = pemFile(folder);
        try {
            return Files.readString(file, StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new KeyFileException(file, "cannot be read: " + e.getMessage() + "; restore it from a backup");
        }
    }

    private static Path pemFile(KeyFolder folder) {
        return folder.folder().resolve("tls.pem");
    }

    /** The key file, made where it is not there, for this machine's own names and {@code publicHost}. */
    public static Path ensure(KeyFolder folder, String publicHost) {
        Path file = folder.folder().resolve("tls.p12");
        if (Files.exists(file)) {
            return file;
        }
        LinkedHashSet<String> hosts = new LinkedHashSet<>(LOCAL_NAMES);
        hosts.add(publicHost);
        CertifiedKey made = folder.selfSigned().server(KeyType.SECP256R1, List.copyOf(hosts));
        KeyStore store = folder.empty();
        folder.put(store, "tls", made);
        Path pem = pemFile(folder);
        try {
            OwnerOnlyFile.write(pem, PublicKeyPem.encode(made.certificate()).getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new KeyFileException(pem, "cannot be written: " + e.getMessage());
        }
        folder.save(store, file);
        return file;
    }
}
