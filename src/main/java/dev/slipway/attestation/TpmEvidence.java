package dev.slipway.attestation;

import dev.slipway.bytes.Bytes;
import dev.slipway.cbor.CborItem;
import dev.slipway.cbor.CborWriter;
import dev.slipway.failure.Failure.Malformed;
import dev.slipway.tpm.CreationData;
import dev.slipway.tpm.TpmtPublic;
import java.util.List;
import java.util.Optional;

/**
 * What an enrolment was convinced by, for those who come later.
 *
 * <pre>
 * TpmEvidence = { 1: 1, 2: [* bstr] EK certificates, its own first, 3: bstr TPM2B_PUBLIC of the EK, 4: of the AK, 5: of the device key,
 *                 6: bstr TPMS_ATTEST by the AK over the device key, 7: bstr TPMT_SIGNATURE,
 *                 8: bstr TPM2B_CREATION_DATA, or null for TPM2_Certify, 9: [+ bstr] AK certificates, its own first, or null }
 * </pre>
 */
public record TpmEvidence(
        List<Bytes> ekChain,
        Bytes ek,
        Bytes ak,
        Bytes deviceKey,
        Bytes attest,
        Bytes signature,
        Optional<Bytes> creationData,
        List<Bytes> akChain) {

    private static final int VERSION = 1;
    private static final int PARTS = 9;
    private static final int MAX_CERTIFICATES = 6;
    private static final int MAX_CERTIFICATE_OCTETS = 4096;
    private static final int MAX_PART_OCTETS = 1536;

    public TpmEvidence {
        ekChain = List.copyOf(ekChain);
        akChain = List.copyOf(akChain);
    }

    /** @throws Malformed if it is anything else, or longer than any such evidence */
    public static TpmEvidence decode(Bytes encoded) {
        CborItem map = CborItem.decode(encoded);
        if (map.map().size() != PARTS || part(map, 1).uint(VERSION) != VERSION) {
            throw new Malformed("TPM evidence of another version");
        }
        return new TpmEvidence(
                certificates(part(map, 2)), octets(map, 3), octets(map, 4), octets(map, 5), octets(map, 6), octets(map, 7),
                part(map, 8).isNull() ? Optional.empty() : Optional.of(octets(map, 8)),
                part(map, 9).isNull() ? List.of() : certificates(part(map, 9)));
    }

    private static CborItem part(CborItem map, int label) {
        return map.get(label).orElseThrow(() -> new Malformed("TPM evidence without part " + label));
    }

    private static Bytes octets(CborItem map, int label) {
        return limited(part(map, label).byteString(), MAX_PART_OCTETS);
    }

    private static List<Bytes> certificates(CborItem list) {
        return list.array(0, MAX_CERTIFICATES).stream().map(item -> limited(item.byteString(), MAX_CERTIFICATE_OCTETS)).toList();
    }

    private static Bytes limited(Bytes part, int most) {
        if (part.length() > most) {
            throw new Malformed("TPM evidence with a part of " + part.length() + " octets");
        }
        return part;
    }

    public Bytes encode() {
        CborWriter writer = new CborWriter().map(PARTS).integer(1).integer(VERSION).integer(2);
        write(writer, ekChain);
        writer.integer(3).byteString(ek).integer(4).byteString(ak).integer(5).byteString(deviceKey);
        writer.integer(6).byteString(attest).integer(7).byteString(signature).integer(8);
        creationData.ifPresentOrElse(writer::byteString, writer::nul);
        writer.integer(9);
        if (akChain.isEmpty()) {
            writer.nul();
        } else {
            write(writer, akChain);
        }
        return writer.toBytes();
    }

    private static void write(CborWriter writer, List<Bytes> certificates) {
        writer.array(certificates.size());
        certificates.forEach(writer::byteString);
    }

    /**
     * Whether the AK vouches for the device key; that the AK is in the TPM of the EK is not said by this.
     *
     * @throws dev.slipway.failure.Failure.AttestationRejected with the code of the check that failed
     * @throws Malformed if a part is not what it has to be
     */
    DeviceKey verify() {
        AttestationKey attestationKey = AttestationKey.of(TpmtPublic.decodeSized(ak));
        SignedAttest signed = SignedAttest.decode(attest, signature);
        TpmtPublic object = TpmtPublic.decodeSized(deviceKey);
        return creationData
                .map(data -> CertifyVerifier.verifyCreation(signed, attestationKey, object, CreationData.decodeSized(data), Optional.empty()))
                .orElseGet(() -> CertifyVerifier.verify(signed, attestationKey, object));
    }
}
