package dev.slipway.tpm;

import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure.Malformed;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A request for IAK and IDevID certificates, with the evidence that the CA needs.
 *
 * <pre>
 * TCG-CSR-IDEVID = structVer u32, contentSize u32, sigSize u32, content, signature TPMT_SIGNATURE
 * content        = structVer u32, hashAlgId u32, hashSize u32, hash, then what the hash is over: a size u32 for each field, the fields
 * </pre>
 *
 * @param content as received: the signature is over this
 * @param signature by the key in {@link Field#SIGNING_PUB}
 * @param hashed the part of the content that {@code hash} is over
 * @see "TPM 2.0 Keys for Device Identity and Attestation, TCG-CSR-IDEVID"
 */
public record TcgCsrIdevid(Bytes content, Bytes signature, TpmHash hashAlg, Bytes hash, Bytes hashed, Map<Field, Bytes> fields) {

    /** The fields in their order. */
    public enum Field {
        PROD_MODEL,
        PROD_SERIAL,
        PROD_CA_DATA,
        BOOT_EVNT_LOG,
        /** DER. */
        EK_CERT,
        /** TPMT_PUBLIC of the IAK. */
        ATTEST_PUB,
        AT_CREATE_TKT,
        AT_CERTIFY_INFO,
        AT_CERTIFY_INFO_SIGNATURE,
        /** TPMT_PUBLIC of the IDevID. */
        SIGNING_PUB,
        /** TPMS_ATTEST by the IAK over the IDevID. */
        SGN_CERTIFY_INFO,
        SGN_CERTIFY_INFO_SIGNATURE,
        PAD
    }

    private static final long VERSION = 0x00000100;
    private static final int MAX_SIGNATURE = 1024;
    /** The boot event log is the one part that may be large. */
    private static final int MAX_OCTETS = 2 * 1024 * 1024;

    public TcgCsrIdevid {
        fields = Map.copyOf(fields);
    }

    /** @throws Malformed if it is not exactly one TCG-CSR-IDEVID */
    public static TcgCsrIdevid decode(Bytes bytes) {
        TpmReader reader = TpmReader.of("TCG-CSR-IDEVID", bytes);
        if (bytes.length() > MAX_OCTETS) {
            throw reader.malformed("has " + bytes.length() + " octets");
        }
        requireVersion(reader);
        long contentSize = reader.u32();
        long signatureSize = reader.u32();
        if (signatureSize > MAX_SIGNATURE) {
            throw reader.malformed("has a signature of " + signatureSize + " octets");
        }
        Bytes content = reader.take(contentSize);
        Bytes signature = reader.take(signatureSize);
        reader.end();
        return decodeContent(content, signature);
    }

    private static TcgCsrIdevid decodeContent(Bytes content, Bytes signature) {
        TpmReader reader = TpmReader.of("content of a TCG-CSR-IDEVID", content);
        requireVersion(reader);
        TpmHash hashAlg = TpmHash.ofId((int) Math.min(reader.u32(), Integer.MAX_VALUE));
        if (reader.u32() != hashAlg.octets()) {
            throw reader.malformed("has a hash of another size than " + hashAlg);
        }
        Bytes hash = reader.take(hashAlg.octets());
        Bytes hashed = reader.rest();
        return new TcgCsrIdevid(content, signature, hashAlg, hash, hashed, fields(hashed));
    }

    private static void requireVersion(TpmReader reader) {
        if (reader.u32() != VERSION) {
            throw reader.malformed("is not of version 1.0");
        }
    }

    private static Map<Field, Bytes> fields(Bytes hashed) {
        TpmReader reader = TpmReader.of("content of a TCG-CSR-IDEVID", hashed);
        List<Long> sizes = new ArrayList<>();
        for (int i = 0; i < Field.values().length; i++) {
            sizes.add(reader.u32());
        }
        Map<Field, Bytes> fields = new EnumMap<>(Field.class);
        for (Field field : Field.values()) {
            fields.put(field, reader.take(sizes.get(field.ordinal())));
        }
        reader.end();
        return fields;
    }

    public Bytes field(Field field) {
        return fields.get(field);
    }
}
