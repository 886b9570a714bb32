package dev.slipway.attestation.enrollment;

import dev.slipway.bytes.Bytes;
import dev.slipway.fdo.type.Guid;
import dev.slipway.tpm.Name;
import java.util.Optional;

/**
 * What an enrolment is about.
 *
 * @param key a GUID, or the Name of a device key that has none yet; of different lengths, so that none is taken for the other
 */
public record Subject(Bytes key) {

    public static Subject of(Guid guid) {
        return new Subject(guid.value());
    }

    public static Subject of(Name deviceKey) {
        return new Subject(deviceKey.value());
    }

    static Subject of(EnrollmentRequest request) {
        return request.guid().map(Subject::of).orElseGet(() -> of(request.deviceKey().name()));
    }

    /** Empty for a device key. */
    public Optional<Guid> guid() {
        return key.length() == Guid.OCTETS ? Optional.of(new Guid(key)) : Optional.empty();
    }

    @Override
    public String toString() {
        return guid().map(Guid::toString).orElseGet(key::toHex);
    }
}
