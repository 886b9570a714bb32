package dev.slipway.admin;

import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;

/** Closes the whole API, paths that do not exist included, to whoever has no token. */
@Provider
@PreMatching
public final class TokenFilter implements ContainerRequestFilter {

    private static final int UNAUTHORIZED = 401;

    /** Asked for with the first request: filters are made before there is a data folder. */
    private final Instance<OperatorToken> token;

    public TokenFilter(Instance<OperatorToken> token) {
        this.token = token;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        if (!token.get().opens(request.getHeaderString(HttpHeaders.AUTHORIZATION))) {
            request.abortWith(Response.fromResponse(Problem.response(UNAUTHORIZED, "unauthenticated", "a valid operator token is needed"))
                    .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
                    .build());
        }
    }
}
