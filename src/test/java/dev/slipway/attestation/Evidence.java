package dev.slipway.attestation;

import dev.slipway.attestation.TpmVectors.Case;
import dev.slipway.bytes.Bytes;
import dev.slipway.tpm.CreationData;
import dev.slipway.tpm.CredentialBlob;
import dev.slipway.tpm.EventLog;
import dev.slipway.tpm.TcgCsrIdevid;
import dev.slipway.tpm.TpmsAttest;
import dev.slipway.tpm.TpmtPublic;
import dev.slipway.tpm.TpmtSignature;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What peers send, each with the reader that it comes to first.
 *
 * @param fields of {@code expected.json} that name such files
 */
enum Evidence {
    PUBLIC_AREA(TpmtPublic::decodeSized, Set.of("ak_pub", "object_pub", "ek_pub", "pub")),
    QUOTE(TpmsAttest.Quote::decode, Set.of("attest")),
    CERTIFICATION(TpmsAttest.Certify::decode, Set.of("attest")),
    CREATION(TpmsAttest.Creation::decode, Set.of("attest")),
    SIGNATURE(TpmtSignature::decode, Set.of("signature")),
    CREATION_DATA(CreationData::decodeSized, Set.of("creation_data")),
    CREDENTIAL(CredentialBlob::decode, Set.of("blob")),
    CSR(TcgCsrIdevid::decode, Set.of("csr")),
    EK_CERTIFICATE(octets -> TpmIdentity.of(EkCertificate.decode(octets).certificate()), Set.of("cert")),
    EVENT_LOG(octets -> MeasurementLog.of(EventLog.decode(octets), List.of()), Set.of("log")),
    USERSPACE_LOG(UserspaceLog::decode, Set.of("userspace_log"));

    final Consumer<Bytes> reader;
    private final Set<String> fields;

    Evidence(Consumer<Bytes> reader, Set<String> fields) {
        this.reader = reader;
        this.fields = fields;
    }

    /** One file of a kind. */
    record Sample(Evidence kind, String file) {

        Bytes bytes() {
            return TpmVectors.bytes(file);
        }

        @Override
        public String toString() {
            return kind + " " + file;
        }
    }

    /** Every file that a vector has of this, sound and unsound ones. */
    Stream<Sample> all() {
        return TpmVectors.cases().stream().filter(this::concerns).flatMap(this::files).distinct().map(file -> new Sample(this, file));
    }

    private Stream<String> files(Case vector) {
        return fields.stream().filter(vector::has).map(vector::text);
    }

    private boolean concerns(Case vector) {
        return switch (this) {
            case QUOTE -> vector.kind().equals("quote");
            case CERTIFICATION -> vector.kind().equals("certify");
            case CREATION -> vector.kind().equals("certify_creation");
            default -> true;
        };
    }

    /** Those that are well formed. */
    Stream<Sample> sound() {
        return all().filter(sample -> {
            try {
                reader.accept(sample.bytes());
                return true;
            } catch (dev.slipway.failure.Failure.Malformed e) {
                return false;
            }
        });
    }
}
