package dev.slipway.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;

/**
 * What went wrong, for the caller (RFC 9457).
 *
 * @param type name of the kind of problem, stable
 * @param title a fixed phrase
 * @param detail the cause, for an operator who has shown the token; absent for anybody else
 * @param errors what is wrong, one by one, each with its place; absent where the detail says it all
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record Problem(String type, String title, int status, Optional<String> detail, List<FindingView> errors) {

    static final String MEDIA_TYPE = "application/problem+json";
    static final int UNAUTHORIZED = 401;

    static Problem of(int status, String type, String title) {
        return new Problem("/problems/" + type, title, status, Optional.empty(), List.of());
    }

    Problem because(String cause) {
        return new Problem(type, title, status, Optional.ofNullable(cause), errors);
    }

    Problem with(List<FindingView> findings) {
        return new Problem(type, title, status, detail, findings);
    }

    Response response() {
        Response.ResponseBuilder response = Response.status(status).type(MEDIA_TYPE).entity(this);
        return status == UNAUTHORIZED ? response.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer").build() : response.build();
    }

    /** The same where there is no REST. */
    void send(HttpServerResponse response) {
        JsonObject json = new JsonObject().put("type", type).put("title", title).put("status", status);
        detail.ifPresent(cause -> json.put("detail", cause));
        if (status == UNAUTHORIZED) {
            response.putHeader("WWW-Authenticate", "Bearer");
        }
        response.setStatusCode(status).putHeader("Content-Type", MEDIA_TYPE).end(json.encode());
    }
}
