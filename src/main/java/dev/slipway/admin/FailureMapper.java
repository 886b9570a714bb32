package dev.slipway.admin;

import dev.slipway.failure.Failure;
import dev.slipway.failure.Finding;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Errors of the API as problems. Whoever sees them has shown the operator's token, so he is told the cause; our own faults go to the log. */
final class FailureMapper {

    private static final Logger LOG = Logger.getLogger(FailureMapper.class);

    @ServerExceptionMapper
    public Response toResponse(Failure failure) {
        return switch (failure) {
            case Failure.Malformed f -> problem(400, "malformed", "the input does not have the required shape", f);
            case Failure.Invalid f -> problem(422, "invalid", "the input is not valid", f);
            case Failure.VoucherRejected f -> problem(422, "voucher-rejected", "a check of the voucher failed", f);
            case Failure.OwnerSignatureRejected f -> problem(422, "invalid", "the input is not valid", f);
            case Failure.AttestationRejected f -> problem(422, "attestation-rejected", "the evidence of the TPM does not convince", f);
            case Failure.ConfigInvalid f -> configInvalid(f).response();
            case Failure.OutOfSequence f -> problem(409, "conflict", "at odds with what is there", f);
            case Failure.Conflict f -> problem(409, "conflict", "at odds with what is there", f);
            case Failure.NotFound f -> problem(404, "not-found", "there is no such thing", f);
            case Failure.SessionUnknown f -> problem(404, "not-found", "there is no such thing", f);
            case Failure.Forbidden f -> problem(403, "forbidden", "not allowed", f);
            case Failure.NotYet f -> problem(409, "conflict", "at odds with what is there", f);
            case Failure.NotAcceptable f -> problem(406, "not-acceptable", "what is wanted cannot be made of what there is", f);
            case Failure.TooLarge f -> problem(413, "too-large", "over a limit", f);
            case Failure.Busy f -> problem(503, "busy", "too much at once; try again", f);
            case Failure.Internal f -> internal(f);
        };
    }

    /** What the framework refuses by itself: unknown paths, methods, media types. */
    @ServerExceptionMapper
    public Response toResponse(WebApplicationException failure) {
        int status = failure.getResponse().getStatus();
        return switch (status) {
            case 404 -> Problem.of(status, "not-found", "there is no such path").response();
            case 405 -> Problem.of(status, "method-not-allowed", "this path does not know that method").response();
            case 406, 415 -> Problem.of(status, "media-type", "this path does not speak that media type").response();
            case 413 -> Problem.of(status, "too-large", "over a limit").response();
            default -> status < 500 ? Problem.of(status, "malformed", "the request cannot be understood").response() : internal(failure);
        };
    }

    @ServerExceptionMapper
    public Response toResponse(RuntimeException failure) {
        return failure instanceof Failure known ? toResponse(known) : internal(failure);
    }

    private static Response problem(int status, String type, String title, Failure cause) {
        return Problem.of(status, type, title).because(cause.getMessage()).response();
    }

    /** With all that was found, in a form for programs. */
    static Problem configInvalid(Failure.ConfigInvalid failure) {
        List<Finding> errors = failure.findings().stream().filter(Finding::isError).toList();
        String first = errors.stream().findFirst().map(Finding::toString).orElse(failure.getMessage());
        return Problem.of(422, "config-invalid", "the config is not valid")
                .because(errors.size() > 1 ? first + "; and " + (errors.size() - 1) + " more" : first)
                .with(failure.findings().stream().map(FindingView::of).toList());
    }

    private static Response internal(RuntimeException failure) {
        LOG.error("a request to the API failed", failure);
        return Problem.of(500, "internal", "something failed here; the log says what").response();
    }
}
