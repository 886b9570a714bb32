package dev.slipway.ops;

import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure;
import dev.slipway.failure.Finding;
import dev.slipway.fdo.type.RandomSource;
import dev.slipway.ignition.InitialParameters;
import dev.slipway.ignition.ParameterValues;
import dev.slipway.ignition.Profile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The parameter values of an installation: one YAML file in the data folder, for the owner's eyes only, made on first start. */
public final class ParameterFile {

    private static final Set<PosixFilePermission> OWNER_ONLY =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    private static final int SECRET_BYTES = 32;
    private static final long FILE_BYTES = 1 << 20;

    private final Path file;
    private final RandomSource random;

    public ParameterFile(Path file, RandomSource random) {
        this.file = file;
        this.random = random;
    }

    /**
     * Makes the file if there is none, and reads it.
     *
     * @throws Failure.ConfigInvalid with everything wrong with the file; paths name file, line and column
     */
    public ParameterValues load(Profile profile) {
        try {
            if (!Files.exists(file)) {
                create(InitialParameters.write(profile.name(), profile.parameters(), this::newSecret));
            }
            refuseIfUnfit();
            return ParameterValues.parse(profile.parameters(), file.toString(), Bytes.owning(Files.readAllBytes(file)));
        } catch (IOException e) {
            throw new Failure.Internal("cannot read or make the parameter file " + file, e);
        }
    }

    private String newSecret() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random.next(SECRET_BYTES).toArray());
    }

    /** Whole or not at all, and on disk before it is used: a secret that a device got must not be another one after a crash. */
    private void create(String yaml) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Path draft = Files.createTempFile(folder, ".parameters", ".tmp", PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        try {
            try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                ByteBuffer octets = ByteBuffer.wrap(yaml.getBytes(StandardCharsets.UTF_8));
                while (octets.hasRemaining()) {
                    channel.write(octets);
                }
                channel.force(true);
            }
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private void refuseIfUnfit() throws IOException {
        if (!OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
            refuse("parameter.file-readable", "the file holds secrets and others than its owner may use it; run: chmod 600 " + file);
        }
        if (Files.size(file) > FILE_BYTES) {
            refuse("document.too-large", "the file has more than the limit of " + FILE_BYTES + " octets");
        }
    }

    private void refuse(String id, String message) {
        throw new Failure.ConfigInvalid(List.of(Finding.error(id, file.toString(), message)));
    }
}
