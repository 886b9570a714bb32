package dev.slipway.transport.attest;

import dev.slipway.attestation.SignedAttest;
import dev.slipway.attestation.firstboot.BootChallenge;
import dev.slipway.attestation.firstboot.BootEvidence;
import dev.slipway.attestation.firstboot.BootIdentity;
import dev.slipway.attestation.firstboot.BootService;
import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure.Malformed;
import dev.slipway.tpm.Name;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The messages of a first boot.
 *
 * <pre>
 * who:       one of guid, ek_name (hex), ak_name (hex)
 * challenge: session, nonce, pcr_selection, event_log, expires_in (seconds)
 * evidence:  session, quote, signature, pcrs, event_log (optional), userspace_log (optional), pcr_signature (optional)
 * released:  token_credential, config_url, pointer, expires_in (seconds), verdict
 * </pre>
 */
final class BootMessages {

    private static final int CREATED = 201;
    private static final int OK = 200;
    private static final int SESSION_OCTETS = 16;
    private static final Set<String> WHO = Set.of("guid", "ek_name", "ak_name");
    private static final Set<String> EVIDENCE =
            Set.of("session", "quote", "signature", "pcrs", "event_log", "userspace_log", "pcr_signature");

    private BootMessages() {}

    static BootIdentity identity(Parts parts) {
        parts.requireOnly(WHO);
        List<BootIdentity> named = Stream.of(
                        parts.text("guid").map(EnrollmentMessages::guid).<BootIdentity>map(BootIdentity.OfGuid::new),
                        name(parts, "ek_name").<BootIdentity>map(BootIdentity.OfEk::new),
                        name(parts, "ak_name").<BootIdentity>map(BootIdentity.OfAk::new))
                .flatMap(Optional::stream)
                .toList();
        if (named.size() != 1) {
            throw new Malformed("exactly one of guid, ek_name and ak_name says who the device is");
        }
        return named.get(0);
    }

    private static Optional<Name> name(Parts parts, String name) {
        return parts.text(name).isPresent() ? Optional.of(Name.decode(parts.hex(name, 0))) : Optional.empty();
    }

    static Reply challenge(BootChallenge challenge) {
        return new Reply(CREATED)
                .with("session", challenge.session().toHex())
                .with("nonce", challenge.nonce())
                .with("pcr_selection", challenge.selection().toString())
                .with("event_log", "optional")
                .with("expires_in", challenge.expiresIn().toSeconds());
    }

    static BootEvidence evidence(Parts parts) {
        parts.requireOnly(EVIDENCE);
        return new BootEvidence(
                parts.hex("session", SESSION_OCTETS),
                SignedAttest.decode(parts.octets("quote"), parts.octets("signature")),
                parts.octets("pcrs"),
                parts.optionalOctets("event_log"),
                parts.optionalOctets("userspace_log"),
                parts.optionalOctets("pcr_signature"));
    }

    /** @param pointer a pointer config in which the ticket has to be put in the place of {@link AttestEndpoint#TICKET} */
    static Reply released(BootService.Released released, URI configUrl, Bytes pointer) {
        return new Reply(OK)
                .with("token_credential", released.token().encode())
                .with("config_url", configUrl.toString())
                .with("pointer", pointer)
                .with("expires_in", released.expiresIn().toSeconds())
                .with("verdict", released.verdict());
    }
}
