package dev.slipway.attestation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.bytes.Bytes;
import dev.slipway.bytes.SecretBytes;
import dev.slipway.ops.ProviderTables;
import dev.slipway.tpm.Name;
import dev.slipway.tpm.SoftKey;
import dev.slipway.tpm.TpmtSignature;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whichever provider serves the curves: they differ in the classes of their keys, and in what they take. */
class EveryProviderTest {

    private static final Bytes MESSAGE = Bytes.fromHex("ff54434780180000");

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void verifiesSignaturesOnEveryCurve(boolean corretto) {
        ProviderTables.with(corretto, () -> {
            for (SoftKey key : List.of(SoftKey.ecc("secp256r1"), SoftKey.ecc("secp384r1"), SoftKey.ecc("secp521r1"), SoftKey.rsa())) {
                TpmtSignature signature = TpmtSignature.decode(key.sign(MESSAGE));
                assertThat(signature.verifies(key.publicArea(), MESSAGE)).isTrue();
                assertThat(signature.verifies(key.publicArea(), Bytes.concat(MESSAGE, MESSAGE))).isFalse();
            }
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void makesCredentialsThatATpmOpens(boolean corretto) {
        ProviderTables.with(corretto, () -> {
            for (DeterministicCredential fixed : DeterministicCredential.all()) {
                assertThat(fixed.make().encode()).isEqualTo(fixed.bytes("tools_blob"));
            }
            Name object = SoftKey.ecc().publicArea().name();
            for (EkFixture ek : List.of(EkFixture.anEccEk(), EkFixture.anRsaEk())) {
                Bytes secret = Bytes.fromHex("5e".repeat(32));
                MakeCredential maker = new MakeCredential(octets -> Bytes.owning(new byte[octets]));
                assertThat(SoftTpm.activate(
                                ek.pair(), object, maker.make(EndorsementKey.of(ek.publicArea()), object, SecretBytes.owning(secret.toArray()))))
                        .contains(secret);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void matchesCertificatesWithPublicAreas(boolean corretto) {
        ProviderTables.with(corretto, () -> {
            for (String id : List.of("ek/rsa2048", "ek/ecc256")) {
                TpmVectors.Case vector = TpmVectors.find(id);
                VerifiedEk ek = new EkCertificateVerifier(TpmVectors.trust(), EkFixture.STRICT)
                        .verify(EkCertificate.decode(vector.bytes("cert")), List.of(), vector.publicArea("ek_pub"), TpmVectors.time());
                assertThat(EkTemplate.publicArea(ek.certificate().key())).contains(vector.publicArea("ek_pub"));
            }
        });
    }
}
