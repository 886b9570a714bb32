package dev.slipway.attestation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.bytes.Bytes;
import dev.slipway.bytes.SecretBytes;
import dev.slipway.fdo.type.RandomSource;
import dev.slipway.tpm.CredentialBlob;
import dev.slipway.tpm.Kdf;
import dev.slipway.tpm.Name;
import dev.slipway.tpm.SoftKey;
import dev.slipway.tpm.TpmHash;
import dev.slipway.tpm.TpmKey;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.crypto.KeyAgreement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MakeCredentialTest {

    private static final RandomSource RANDOM = octets -> {
        byte[] random = new byte[octets];
        new SecureRandom().nextBytes(random);
        return Bytes.owning(random);
    };

    static List<DeterministicCredential> deterministic() {
        return DeterministicCredential.all();
    }

    static Stream<JsonNode> derivations() {
        return StreamSupport.stream(TpmVectors.json("credential/kdf.json").spliterator(), false);
    }

    private static Bytes hex(JsonNode node, String field) {
        return Bytes.fromHex(node.path(field).asText());
    }

    private static Bytes open(SecretBytes secret) {
        return Bytes.owning(secret.toArray());
    }

    @ParameterizedTest
    @MethodSource("derivations")
    void derivesKeysAsATpmDoes(JsonNode vector) {
        TpmHash hash = TpmHash.named(vector.path("hash").asText()).orElseThrow();
        String label = vector.path("label").asText();
        int bits = vector.path("bits").asInt();
        SecretBytes derived = vector.path("fn").asText().equals("KDFa")
                ? Kdf.kdfa(hash, SecretBytes.owning(hex(vector, "key").toArray()), label, hex(vector, "context_u"), hex(vector, "context_v"), bits)
                : Kdf.kdfe(hash, SecretBytes.owning(hex(vector, "z").toArray()), label, hex(vector, "party_u"), hex(vector, "party_v"), bits);
        assertThat(open(derived)).isEqualTo(hex(vector, "out"));
    }

    @ParameterizedTest
    @MethodSource("deterministic")
    void comesToEveryIntermediateValue(DeterministicCredential fixed) throws Exception {
        EndorsementKey ek = fixed.ek();
        TpmHash hash = ek.publicArea().nameAlg();
        SecretBytes seed = fixed.secret("seed");
        if (ek.publicArea().key() instanceof TpmKey.Ecc ecc) {
            KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
            agreement.init(fixed.ephemeral(ecc).getPrivate());
            agreement.doPhase(ecc.publicKey(), true);
            assertThat(Bytes.owning(agreement.generateSecret())).isEqualTo(fixed.bytes("z_x"));
            assertThat(open(Kdf.kdfe(hash, fixed.secret("z_x"), "IDENTITY", fixed.bytes("ephemeral_x"), ecc.x(), 8 * hash.octets())))
                    .isEqualTo(fixed.bytes("seed"));
        }
        assertThat(open(Kdf.kdfa(hash, seed, "STORAGE", fixed.objectName().value(), Bytes.EMPTY, ek.symmetricKeyBits())))
                .isEqualTo(fixed.bytes("sym_key"));
        assertThat(open(Kdf.kdfa(hash, seed, "INTEGRITY", Bytes.EMPTY, Bytes.EMPTY, 8 * hash.octets()))).isEqualTo(fixed.bytes("hmac_key"));
        CredentialBlob blob = fixed.make();
        assertThat(blob.encIdentity()).isEqualTo(fixed.bytes("enc_identity"));
        assertThat(blob.integrityHmac()).isEqualTo(fixed.bytes("integrity"));
        assertThat(blob.encryptedSecret()).isEqualTo(fixed.bytes("encrypted_secret"));
        assertThat(blob.encode()).isEqualTo(fixed.bytes("tools_blob"));
    }

    /** The seed, the OAEP padding and the ephemeral key are new each time. */
    @ParameterizedTest
    @MethodSource("deterministic")
    void makesNoTwoThatAreEqual(DeterministicCredential fixed) {
        MakeCredential maker = new MakeCredential(RANDOM);
        CredentialBlob one = maker.make(fixed.ek(), fixed.objectName(), fixed.secret("credential"));
        CredentialBlob two = maker.make(fixed.ek(), fixed.objectName(), fixed.secret("credential"));
        assertThat(one.encryptedSecret()).isNotEqualTo(two.encryptedSecret());
        assertThat(one.encIdentity()).isNotEqualTo(two.encIdentity());
        assertThat(one.encIdentity().length()).isEqualTo(two.encIdentity().length()).isEqualTo(34);
    }

    @Test
    void opensForTheEkAndTheNameThatItWasMadeFor() {
        EkFixture ecc = EkFixture.anEccEk();
        EkFixture rsa = EkFixture.anRsaEk();
        Name object = SoftKey.ecc().publicArea().name();
        Name other = SoftKey.ecc().publicArea().name();
        for (EkFixture ek : List.of(ecc, rsa)) {
            Bytes secret = RANDOM.next(32);
            CredentialBlob blob = new MakeCredential(RANDOM).make(EndorsementKey.of(ek.publicArea()), object, SecretBytes.owning(secret.toArray()));
            assertThat(SoftTpm.activate(ek.pair(), object, blob)).contains(secret);
            assertThat(SoftTpm.activate(ek.pair(), other, blob)).as("another object").isEmpty();
            KeyPair foreign = ek == rsa ? SoftKey.rsa().pair : SoftKey.ecc().pair;
            assertThat(SoftTpm.activate(foreign, object, blob)).as("another TPM").isEmpty();
        }
    }

    @Test
    void holdsNoMoreThanADigest() {
        EndorsementKey ek = EndorsementKey.of(EkFixture.anEccEk().publicArea());
        Name object = SoftKey.ecc().publicArea().name();
        MakeCredential maker = new MakeCredential(RANDOM);
        assertThat(maker.make(ek, object, SecretBytes.owning(new byte[0])).encIdentity().length()).isEqualTo(2);
        assertThat(maker.make(ek, object, SecretBytes.owning(new byte[32])).encIdentity().length()).isEqualTo(34);
        SecretBytes tooLong = SecretBytes.owning(new byte[33]);
        assertThatThrownBy(() -> maker.make(ek, object, tooLong)).isInstanceOf(IllegalArgumentException.class);
    }
}
