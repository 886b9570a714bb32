package dev.slipway.attestation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure.Malformed;
import dev.slipway.tpm.Pcr;
import dev.slipway.tpm.TpmHash;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Signed PCR policies as a UKI brings them along in its section {@code .pcrsig}, and as the machine that booted it has them in
 * {@code /run/systemd/tpm2-pcr-signature.json} or {@code /.extra/tpm2-pcr-signature.json}.
 *
 * <pre>{ "sha256": [ { "pcrs": [11], "pkfp": hex, "pol": hex, "sig": base64 }, … ], … }</pre>
 *
 * @see "systemd, systemd-measure, sign"
 */
public final class PcrSignatureFile {

    private static final int MAX_OCTETS = 256 * 1024;
    private static final int MAX_SIGNATURES = 256;
    private static final int MAX_SIGNATURE_CHARS = 2048;
    private static final int MAX_PCR = 23;
    private static final String POLICY = "[0-9a-fA-F]{%d}".formatted(2 * TpmHash.TPM_ALG_SHA256.octets());

    private PcrSignatureFile() {}

    /** @throws Malformed if it is no such file, or over a limit; banks that this program does not know are passed over */
    public static List<PcrSignature> decode(Bytes file) {
        JsonNode banks = UntrustedJson.object(file, MAX_OCTETS, PcrSignatureFile::malformed);
        List<PcrSignature> signatures = new ArrayList<>();
        for (Map.Entry<String, JsonNode> bank : banks.properties()) {
            Optional<TpmHash> hash = TpmHash.named(bank.getKey());
            if (!bank.getValue().isArray()) {
                throw malformed("has a bank that is no list");
            }
            for (JsonNode entry : bank.getValue()) {
                if (signatures.size() == MAX_SIGNATURES) {
                    throw malformed("has more than " + MAX_SIGNATURES + " signatures");
                }
                hash.ifPresent(known -> signatures.add(signature(known, entry)));
            }
        }
        return List.copyOf(signatures);
    }

    private static PcrSignature signature(TpmHash bank, JsonNode entry) {
        List<Pcr> pcrs = new ArrayList<>();
        for (JsonNode index : entry.path("pcrs")) {
            boolean ascending = pcrs.isEmpty() || index.intValue() > pcrs.getLast().index();
            if (!index.isInt() || index.intValue() < 0 || index.intValue() > MAX_PCR || !ascending) {
                throw malformed("has a signature over PCRs that are none, or not in ascending order");
            }
            pcrs.add(new Pcr(bank, index.intValue()));
        }
        String policy = entry.path("pol").asText();
        String signature = entry.path("sig").asText();
        if (pcrs.isEmpty() || !policy.matches(POLICY) || signature.length() > MAX_SIGNATURE_CHARS) {
            throw malformed("has a signature without 'pcrs', 'pol' or 'sig'");
        }
        return new PcrSignature(pcrs, Bytes.fromHex(policy), base64(signature));
    }

    private static Bytes base64(String text) {
        try {
            return Bytes.owning(Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            throw malformed("has a signature that is not base64");
        }
    }

    private static Malformed malformed(String what) {
        return new Malformed("PCR signature file " + what);
    }
}
