package dev.slipway.keystore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.bytes.Bytes;
import dev.slipway.bytes.SecretBytes;
import dev.slipway.failure.Failure;
import dev.slipway.fdo.VoucherFixture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileConfigSealTest {

    private static final Bytes CONTEXT = Bytes.fromHex("01".repeat(32));
    private static final String TEXT = "{\"ignition\":{\"version\":\"3.4.0\"}}";

    @TempDir
    private Path folder;

    private FileConfigSeal open() {
        KeyFolder keys = KeyFolder.open(folder.resolve("keys"), Optional.empty(), VoucherFixture::random, Clock.systemUTC());
        return FileConfigSeal.of(keys, VoucherFixture::random);
    }

    private static SecretBytes secret() {
        return SecretBytes.owning(TEXT.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(SecretBytes secret) {
        return new String(secret.toArray(), StandardCharsets.UTF_8);
    }

    @Test
    void opensWhatWasSealedBeforeARestart() {
        Bytes sealed = open().seal(secret(), CONTEXT);
        assertThat(text(open().open(sealed, CONTEXT))).isEqualTo(TEXT);
        assertThat(sealed.length()).as("nonce and tag").isEqualTo(TEXT.length() + 12 + 16);
        assertThat(new String(sealed.toArray(), StandardCharsets.ISO_8859_1)).doesNotContain("ignition");
    }

    @Test
    void sealsTheSameToSomethingElseEachTime() {
        FileConfigSeal seal = open();
        assertThat(seal.seal(secret(), CONTEXT)).isNotEqualTo(seal.seal(secret(), CONTEXT));
    }

    @Test
    void opensNothingThatWasChangedOrMoved() {
        FileConfigSeal seal = open();
        Bytes sealed = seal.seal(secret(), CONTEXT);
        for (int i = 0; i < sealed.length(); i++) {
            byte[] flipped = sealed.toArray();
            flipped[i] ^= 1;
            assertThatThrownBy(() -> seal.open(Bytes.owning(flipped), CONTEXT)).as("octet %d", i).isInstanceOf(Failure.Internal.class);
        }
        for (int length : new int[] {0, 1, 11, 12, 27, sealed.length() - 1}) {
            assertThatThrownBy(() -> seal.open(sealed.slice(0, length), CONTEXT)).as("%d octets", length).isInstanceOf(Failure.Internal.class);
        }
        assertThatThrownBy(() -> seal.open(sealed, Bytes.fromHex("02".repeat(32)))).isInstanceOf(Failure.Internal.class);
    }

    @Test
    void opensNothingUnderAnotherKeyAndSaysWhatIsMissing() throws IOException {
        Bytes sealed = open().seal(secret(), CONTEXT);
        Files.delete(folder.resolve("keys/config-seal.p12"));
        FileConfigSeal other = open();
        assertThatThrownBy(() -> other.open(sealed, CONTEXT))
                .isInstanceOf(Failure.Internal.class)
                .hasMessageContaining("keys/config-seal.p12")
                .hasMessageContaining("backup");
    }

    @Test
    void keepsItsKeyForItsOwnerOnly() throws IOException {
        open();
        assertThat(OwnerOnlyFile.isOwnerOnly(folder.resolve("keys/config-seal.p12"))).isTrue();
    }
}
