package dev.slipway.attestation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.Vectors;
import dev.slipway.bytes.Bytes;
import dev.slipway.tpm.Pcr;
import dev.slipway.tpm.PcrSelection;
import dev.slipway.tpm.TpmHash;
import dev.slipway.tpm.TpmtPublic;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What real TPMs and tools wrote, with what is expected of it ({@code tpm/README.md}). */
public final class TpmVectors {

    private static final JsonNode EXPECTED = json("expected.json");

    private TpmVectors() {}

    /** One case of {@code expected.json}. */
    public record Case(JsonNode node) {

        public String id() {
            return text("id");
        }

        String kind() {
            return text("kind");
        }

        String text(String field) {
            return node.path(field).asText("");
        }

        boolean has(String field) {
            return node.hasNonNull(field);
        }

        Bytes bytes(String field) {
            return TpmVectors.bytes(text(field));
        }

        TpmtPublic publicArea(String field) {
            return TpmVectors.publicArea(text(field));
        }

        /** Reasons that a refusal may have; none where it is accepted. */
        List<String> reasons() {
            List<String> reasons = new ArrayList<>();
            if (has("reason")) {
                reasons.add(text("reason"));
            }
            node.path("reason_alt").forEach(other -> reasons.add(other.asText()));
            return reasons;
        }

        @Override
        public String toString() {
            return id();
        }
    }

    public static List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        EXPECTED.path("cases").forEach(node -> cases.add(new Case(node)));
        return cases;
    }

    public static Case find(String id) {
        return cases().stream().filter(known -> known.id().equals(id)).findFirst().orElseThrow();
    }

    /** The moment at which the certificates are judged. */
    static Instant time() {
        return Instant.parse(EXPECTED.path("verification_time").asText());
    }

    static EkTrust trust() {
        return new EkTrust(certificates(EXPECTED.path("trust_anchors")), certificates(EXPECTED.path("intermediates")));
    }

    private static List<X509Certificate> certificates(JsonNode files) {
        List<X509Certificate> certificates = new ArrayList<>();
        files.forEach(file -> certificates.add(certificate(file.asText())));
        return certificates;
    }

    /** In PEM or DER. */
    static X509Certificate certificate(String file) {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(bytes(file).toArray()));
        } catch (CertificateException e) {
            throw new AssertionError(file, e);
        }
    }

    public static Bytes bytes(String file) {
        return Vectors.bytes("tpm/" + file);
    }

    public static TpmtPublic publicArea(String file) {
        return TpmtPublic.decodeSized(bytes(file));
    }

    public static JsonNode json(String file) {
        try {
            return new ObjectMapper().readTree(Vectors.text("tpm/" + file));
        } catch (IOException e) {
            throw new UncheckedIOException(file, e);
        }
    }

    /** All registers of a {@code pcrs-*.json}. */
    static PcrValues pcrs(String file) {
        Map<Pcr, Bytes> values = new TreeMap<>();
        for (Map.Entry<String, JsonNode> bank : json(file).properties()) {
            TpmHash hash = TpmHash.named(bank.getKey()).orElseThrow();
            for (Map.Entry<String, JsonNode> register : bank.getValue().properties()) {
                values.put(new Pcr(hash, Integer.parseInt(register.getKey())), Bytes.fromHex(register.getValue().asText()));
            }
        }
        return PcrValues.of(values);
    }

    /** The registers of a {@code pcrs-*.json} that are selected. */
    static PcrValues pcrs(String file, String selection) {
        Map<Pcr, Bytes> values = new TreeMap<>(pcrs(file).values());
        values.keySet().retainAll(PcrSelection.parse(selection).pcrs());
        return PcrValues.of(values);
    }
}
