package dev.slipway.ops;

import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure;
import dev.slipway.failure.Finding;
import dev.slipway.fdo.type.RandomSource;
import dev.slipway.ignition.InitialParameters;
import dev.slipway.ignition.ParameterValue;
import dev.slipway.ignition.ParameterValues;
import dev.slipway.ignition.Profile;
import dev.slipway.keystore.OwnerOnlyFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The parameter values of an installation: one YAML file in the data folder, for the owner's eyes only, made on first start. */
public final class ParameterFile {

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
        return load(profile, parameter -> false);
    }

    /**
     * The same where other profiles share the file.
     *
     * @param elsewhere whether another profile declares a parameter of this name
     */
    ParameterValues load(Profile profile, Predicate<String> elsewhere) {
        try {
            if (!Files.exists(file)) {
                OwnerOnlyFile.write(file, InitialParameters.write(profile.name(), profile.parameters(), this::newSecret).getBytes(StandardCharsets.UTF_8));
            }
            return ParameterValues.parse(profile.parameters(), file.toString(), read(), elsewhere);
        } catch (IOException e) {
            throw new Failure.Internal("cannot read or make the parameter file " + file, e);
        }
    }

    /** What the file gives, whatever it is for; nothing where there is no file. */
    Map<String, ParameterValue> given() {
        try {
            return Files.exists(file) ? ParameterValues.given(file.toString(), read()) : Map.of();
        } catch (IOException e) {
            throw new Failure.Internal("cannot read the parameter file " + file, e);
        }
    }

    private Bytes read() throws IOException {
        refuseIfUnfit();
        return Bytes.owning(Files.readAllBytes(file));
    }

    private String newSecret() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random.next(SECRET_BYTES).toArray());
    }

    private void refuseIfUnfit() throws IOException {
        if (!OwnerOnlyFile.isOwnerOnly(file)) {
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
