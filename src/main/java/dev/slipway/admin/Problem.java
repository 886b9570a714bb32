package dev.slipway.admin;

import jakarta.ws.rs.core.Response;

/** Errors of the API (RFC 9457). */
final class Problem {

    private static final String MEDIA_TYPE = "application/problem+json";

    private Problem() {}

    /**
     * @param type name of the kind of problem, stable
     * @param title a fixed phrase without a peer's text in it
     */
    static Response response(int status, String type, String title) {
        String body = "{\"type\":\"/problems/%s\",\"title\":\"%s\",\"status\":%d}".formatted(type, title, status);
        return Response.status(status).type(MEDIA_TYPE).entity(body).build();
    }
}
