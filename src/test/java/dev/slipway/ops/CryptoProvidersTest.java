package dev.slipway.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.Provider;
import java.security.Security;
import java.security.Signature;
import javax.crypto.Cipher;
import org.junit.jupiter.api.Test;

class CryptoProvidersTest {

    /** On a machine for which the native library is not made. */
    @Test
    void doesWithoutTheNativeLibrary() {
        CryptoProviders.install();
        Provider usual = Security.getProvider("Slipway");
        Security.removeProvider("Slipway");
        try {
            Provider fallback = CryptoProviders.table(false);
            assertThat(fallback.getInfo()).contains("BC: EC, EC, ECDH", "SunJCE: AES/GCM/NoPadding").doesNotContain("Corretto");
            Security.insertProviderAt(fallback, 1);
            KnownAnswers.check();
        } finally {
            Security.removeProvider("Slipway");
            Security.insertProviderAt(usual, 1);
        }
    }

    @Test
    void putsItsTableFirstAndProvesIt() throws Exception {
        String chosen = CryptoProviders.install();
        assertThat(chosen).contains("SHA256withECDSAinP1363Format", "AES/GCM/NoPadding", "HmacSHA384");
        assertThat(Security.getProviders()[0].getName()).isEqualTo("Slipway");
        assertThat(Cipher.getInstance("AES/GCM/NoPadding").getProvider().getName()).isEqualTo("Slipway");
        assertThat(Signature.getInstance("SHA384withECDSAinP1363Format")).isNotNull();
        assertThat(CryptoProviders.install()).as("a second time changes nothing").isEqualTo(chosen);
        KnownAnswers.check();
    }
}
