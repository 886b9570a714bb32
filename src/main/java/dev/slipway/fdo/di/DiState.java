package dev.slipway.fdo.di;

import dev.slipway.cbor.Encoded;
import dev.slipway.fdo.session.SessionState;
import dev.slipway.fdo.type.CertificateChain;
import dev.slipway.fdo.type.Guid;
import dev.slipway.fdo.voucher.OvHeader;
import java.util.Optional;

/** Where a device initialisation is. */
sealed interface DiState extends SessionState {

    /** SetCredentials was sent: the device has its header, we wait for its HMAC. */
    record CredentialsSet(String serial, Encoded<OvHeader> header, CertificateChain deviceChain) implements DiState {

        @Override
        public Optional<Guid> guid() {
            return Optional.of(header.value().guid());
        }

        @Override
        public int octets() {
            return header.bytes().length() + deviceChain.octets();
        }
    }
}
