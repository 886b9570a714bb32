package dev.slipway.ignition;

import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import java.net.URI;
import java.util.Map;

/**
 * What a template may say, as {@code ticket.NAME}, about the ticket that a config is fetched with: what the machine needs to report that it
 * is done.
 *
 * @param doneUrl takes that report
 * @param authorization the header that shows the ticket; secret
 * @param certificates that the server's is one of, or certified by, as PEM
 */
public record TicketFacts(String doneUrl, String authorization, String certificates) {

    /** Of a config that is not fetched with a ticket, but sent within TO2. */
    public static final TicketFacts NONE = new TicketFacts("", "", "");

    /** Such as a ticket has, for trying what a template makes of them. */
    public static final TicketFacts EXAMPLE = new TicketFacts(
            "https://slipway.example/ignition/v1/done",
            "Bearer AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8",
            "-----BEGIN CERTIFICATE-----\nZXhhbXBsZQ==\n-----END CERTIFICATE-----\n");

    static final String AUTHORIZATION = "ticket.authorization";
    private static final String GIVEN = "ticket.given";
    private static final String DONE_URL = "ticket.done_url";
    private static final String CERTIFICATES = "ticket.certificates";

    static final Map<String, CelType> TYPES = Map.of(
            GIVEN, SimpleType.BOOL,
            DONE_URL, SimpleType.STRING,
            AUTHORIZATION, SimpleType.STRING,
            CERTIFICATES, SimpleType.STRING);

    public static TicketFacts of(URI doneUrl, String authorization, String certificates) {
        return new TicketFacts(doneUrl.toString(), authorization, certificates);
    }

    Map<String, Object> variables() {
        return Map.of(GIVEN, !authorization.isEmpty(), DONE_URL, doneUrl, AUTHORIZATION, authorization, CERTIFICATES, certificates);
    }

    /** Shows no ticket. */
    @Override
    public String toString() {
        return "TicketFacts[" + doneUrl + "]";
    }
}
