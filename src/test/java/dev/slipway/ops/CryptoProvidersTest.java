package dev.slipway.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.Security;
import java.security.Signature;
import javax.crypto.Cipher;
import org.junit.jupiter.api.Test;

class CryptoProvidersTest {

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
