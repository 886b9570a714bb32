package dev.slipway.attestation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.bytes.Bytes;
import dev.slipway.bytes.SecretBytes;
import dev.slipway.tpm.CredentialBlob;
import dev.slipway.tpm.Name;
import dev.slipway.tpm.TpmKey;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.stream.StreamSupport;

/** A credential of which every random choice is known ({@code credential/deterministic.json}). */
record DeterministicCredential(JsonNode node) {

    static List<DeterministicCredential> all() {
        return StreamSupport.stream(TpmVectors.json("credential/deterministic.json").spliterator(), false)
                .map(DeterministicCredential::new)
                .toList();
    }

    /** @param caseId {@code credential/deterministic/ek-rsa2048} */
    static DeterministicCredential of(String caseId) {
        return all().stream().filter(known -> caseId.endsWith("/" + known)).findFirst().orElseThrow();
    }

    Bytes bytes(String field) {
        return Bytes.fromHex(node.path(field).asText());
    }

    SecretBytes secret(String field) {
        return SecretBytes.owning(bytes(field).toArray());
    }

    Name objectName() {
        return Name.decode(bytes("object_name"));
    }

    EndorsementKey ek() {
        return EndorsementKey.of(TpmVectors.publicArea(node.path("ek_pub").asText()));
    }

    /** Makes it, with the random choices that the other program made. */
    CredentialBlob make() {
        if (ek().publicArea().key() instanceof TpmKey.Ecc ecc) {
            return MakeCredential.toEcc(ek(), ecc, ephemeral(ecc), objectName(), secret("credential"));
        }
        Queue<Bytes> draws = new ArrayDeque<>(List.of(bytes("seed"), bytes("oaep_seed")));
        return new MakeCredential(octets -> draws.remove().slice(0, octets)).make(ek(), objectName(), secret("credential"));
    }

    KeyPair ephemeral(TpmKey.Ecc ecc) {
        try {
            KeyFactory factory = KeyFactory.getInstance("EC");
            BigInteger scalar = new BigInteger(node.path("ephemeral_private").asText().substring(2), 16);
            ECPoint point = new ECPoint(new BigInteger(1, bytes("ephemeral_x").toArray()), new BigInteger(1, bytes("ephemeral_y").toArray()));
            return new KeyPair(
                    factory.generatePublic(new ECPublicKeySpec(point, ecc.curve().parameters())),
                    factory.generatePrivate(new ECPrivateKeySpec(scalar, ecc.curve().parameters())));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public String toString() {
        return node.path("id").asText();
    }
}
