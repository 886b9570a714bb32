package dev.slipway.attestation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.tpm.SoftKey;
import dev.slipway.tpm.TpmtPublic;
import java.security.KeyPairGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EkTemplateTest {

    @ParameterizedTest
    @ValueSource(strings = {"ek-rsa2048", "ek-ecc256", "ek-ecc384"})
    void comesToThePublicAreaThatTheTpmMade(String name) {
        TpmtPublic made = TpmVectors.publicArea("device-a/" + name + ".pub");
        assertThat(EkTemplate.publicArea(made.key().publicKey())).contains(made);
    }

    @Test
    void makesAnEkOfTheLargestCurve() {
        TpmtPublic ek = EkTemplate.publicArea(SoftKey.ecc("secp521r1").pair.getPublic()).orElseThrow();
        assertThat(EndorsementKey.of(ek).symmetricKeyBits()).isEqualTo(256);
        assertThat(ek.name().value().length()).isEqualTo(66);
    }

    @ParameterizedTest
    @CsvSource({"3072, true", "4096, false", "1024, false"})
    void knowsTheSizesOfTemplates(int bits, boolean known) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(bits);
        assertThat(EkTemplate.publicArea(generator.generateKeyPair().getPublic()).isPresent()).isEqualTo(known);
    }
}
