package dev.slipway.admin;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.regex.Pattern;

/** Closes {@code /q}, where frameworks put things, to whoever has no token. Probes get the health without one: it holds nothing else. */
@Singleton
final class ManagementPaths {

    private static final String ALL = "/q*";
    private static final Pattern HEALTH = Pattern.compile("/q/health(/(live|ready|started))?");
    private static final int BEFORE_ALL_OTHERS = -1_000;

    private final TokenFilter filter;

    ManagementPaths(TokenFilter filter) {
        this.filter = filter;
    }

    void close(@Observes Router router) {
        router.route(ALL).order(BEFORE_ALL_OTHERS).handler(this::refuse);
    }

    private void refuse(RoutingContext routing) {
        HttpServerRequest request = routing.request();
        if (HEALTH.matcher(routing.normalizedPath()).matches()) {
            routing.next();
            return;
        }
        filter.refusal(request, request.getHeader("Authorization")).ifPresentOrElse(problem -> problem.send(routing.response()), routing::next);
    }
}
