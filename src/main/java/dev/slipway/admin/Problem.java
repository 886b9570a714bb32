package dev.slipway.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.ws.rs.core.Response;
import java.util.Optional;

/**
 * What went wrong, for the caller (RFC 9457).
 *
 * @param type name of the kind of problem, stable
 * @param title a fixed phrase
 * @param detail the cause, for an operator who has shown the token; absent for anybody else
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record Problem(String type, String title, int status, Optional<String> detail) {

    static final String MEDIA_TYPE = "application/problem+json";

    static Problem of(int status, String type, String title) {
        return new Problem("/problems/" + type, title, status, Optional.empty());
    }

    Problem because(String cause) {
        return new Problem(type, title, status, Optional.ofNullable(cause));
    }

    Response response() {
        return Response.status(status).type(MEDIA_TYPE).entity(this).build();
    }
}
