package dev.slipway.ops;

import dev.slipway.admin.OperatorToken;
import dev.slipway.bytes.SecretBytes;
import dev.slipway.fdo.type.RandomSource;
import dev.slipway.keystore.OwnerOnlyFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/** The operator's token in the data folder, made on first start: 256 random bits. */
final class ApiTokenFile {

    private static final String NAME = "api-token";
    private static final int TOKEN_OCTETS = 32;
    private static final int MIN_CHARACTERS = 32;

    private ApiTokenFile() {}

    static OperatorToken load(Path data, RandomSource random) {
        Path file = data.resolve(NAME);
        try {
            if (!Files.exists(file)) {
                String made = Base64.getUrlEncoder().withoutPadding().encodeToString(random.next(TOKEN_OCTETS).toArray());
                OwnerOnlyFile.write(file, made.getBytes(StandardCharsets.US_ASCII));
            }
            String token = Files.readString(file).strip();
            if (token.length() < MIN_CHARACTERS) {
                throw new StartException(file + " holds no token of at least " + MIN_CHARACTERS + " characters; delete it to have one made");
            }
            return new OperatorToken(SecretBytes.owning(token.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new StartException(file + " cannot be read or made: " + e);
        }
    }
}
