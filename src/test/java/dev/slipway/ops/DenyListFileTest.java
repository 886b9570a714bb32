package dev.slipway.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.attestation.EkDenyList.Certificate;
import dev.slipway.attestation.EkDenyList.Firmware;
import dev.slipway.attestation.EkDenyList.Scope;
import dev.slipway.attestation.EkDenyList;
import dev.slipway.bytes.Bytes;
import dev.slipway.tpm.Name;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DenyListFileTest {

    private static final String NAME = "000b" + "5a".repeat(32);

    @TempDir
    private Path folder;

    private EkDenyList read(String text) throws IOException {
        return DenyListFile.read(Files.writeString(folder.resolve("denied"), text));
    }

    @Test
    void readsEksCertificatesAndFirmware() throws IOException {
        EkDenyList denied = read("""
                # stolen from the warehouse
                ek %s

                certificate 0a1B CN=vendor CA, O=Vendor
                firmware 49465800 7 ffffffffffffffff everything
                  firmware 53544d20 10 1f ecc-aks
                """.formatted(NAME));
        assertThat(denied.eks()).containsExactly(new Name(Bytes.fromHex(NAME)));
        assertThat(denied.certificates()).containsExactly(new Certificate(new X500Principal("CN=vendor CA,O=Vendor"), BigInteger.valueOf(0x0a1b)));
        assertThat(denied.firmware())
                .containsExactly(new Firmware("49465800", 7, -1L, Scope.EVERYTHING), new Firmware("53544D20", 16, 31, Scope.ECC_AKS));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "tpm 1", "ek", "ek 12", "ek xx", "ek " + "000b00", "certificate 12", "certificate xy CN=a", "certificate 1 nobody", "firmware 49465800 1 2",
        "firmware 49465800 1 2 something", "firmware 49465800 1 g everything", "firmware 49465800 1 2 everything else"
    })
    void namesTheLineThatItCannotRead(String line) {
        assertThatThrownBy(() -> read("# fine\n" + line + "\n"))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("slipway.tpm.deny-list: ")
                .hasMessageContaining("line 2: '" + line + "' is none of 'ek NAME'");
    }

    @Test
    void namesAFileThatIsNotThere() {
        assertThatThrownBy(() -> DenyListFile.read(folder.resolve("nothing")))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("slipway.tpm.deny-list: " + folder.resolve("nothing") + " cannot be read");
    }
}
