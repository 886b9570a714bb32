package dev.slipway.admin;

import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Closes the whole API, paths that do not exist included, to whoever has no token, and to connections that others can read. */
@Singleton
public final class TokenFilter {

    private static final int FORBIDDEN = 403;

    /** Asked for with the first request: filters are made before there is a data folder. */
    private final Instance<OperatorTokens> tokens;

    public TokenFilter(Instance<OperatorTokens> tokens) {
        this.tokens = tokens;
    }

    @ServerRequestFilter(preMatching = true)
    public Optional<Response> refuse(ContainerRequestContext context, HttpServerRequest request) {
        return refusal(request, context.getHeaderString(HttpHeaders.AUTHORIZATION)).map(Problem::response);
    }

    /** Why a request is refused; empty if it is not. */
    Optional<Problem> refusal(HttpServerRequest request, String authorization) {
        if (!isPrivate(request.isSSL(), request.remoteAddress().hostAddress())) {
            return Optional.of(Problem.of(FORBIDDEN, "forbidden", "this is served over HTTPS, and over HTTP on this machine only"));
        }
        return switch (tokens.get().standing(authorization)) {
            case VALID -> Optional.empty();
            case EXPIRED -> Optional.of(unauthenticated("this operator token has expired; make a new one by ./slipway api-token renew"));
            case UNKNOWN -> Optional.of(unauthenticated("a valid operator token is needed"));
        };
    }

    private static Problem unauthenticated(String title) {
        return Problem.of(Problem.UNAUTHORIZED, "unauthenticated", title);
    }

    /** @param peer an address in figures */
    static boolean isPrivate(boolean encrypted, String peer) {
        try {
            return encrypted || InetAddress.getByName(peer).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
