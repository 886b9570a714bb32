package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every route under {@code /api} and {@code /q}: nobody gets in without the operator's token of today. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApiAccessIT {

    record Route(String method, String path) {}

    @TempDir
    private static java.nio.file.Path folder;

    private RunningService service;
    private RunningService closed;
    private String replacedToken;

    @BeforeAll
    void startWithAReplacedToken() throws IOException {
        service = RunningService.start(folder.resolve("data"));
        renewed(service, "--valid-for", "P1D");
        replacedToken = token(service);
        assertThat(new Tools(service, folder).done("voucher", "list")).isEmpty();
        renewed(service);
        closed = RunningService.start(folder.resolve("closed"));
        renewed(closed, "--valid-for", "PT1S");
        RunningService.pause(1_100);
    }

    private static void renewed(RunningService service, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(Commands.launcher(), "api-token", "renew", "--data", service.data().toString()));
        command.addAll(List.of(more));
        Commands.Result result = Commands.run(folder, Map.of(), 30, command);
        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(result.output()).contains(more.length == 0 ? "without an end" : "valid until ").doesNotContain(token(service));
    }

    @AfterAll
    void stop() {
        service.close();
        closed.close();
    }

    private static String token(RunningService service) throws IOException {
        return Files.readString(service.data().resolve("api-token")).strip();
    }

    /** What the classes of the API declare, and what a framework may put beside it. */
    static List<Route> routes() {
        JavaClasses resources = new ClassFileImporter().importPackages("dev.slipway.admin");
        List<Route> routes = new ArrayList<>();
        resources.stream()
                .filter(type -> type.isAnnotatedWith(Path.class))
                .forEach(type -> type.getMethods().stream()
                        .flatMap(ApiAccessIT::verbs)
                        .forEach(routes::add));
        assertThat(routes).hasSizeGreaterThan(8);
        for (String path : List.of("/api", "/api/", "/api/v1", "/api/v1/nothing", "/api/docs", "/api/v1/openapi", "/q", "/q/", "/q/metrics", "/q/dev", "/q/openapi", "/q/info", "/q/arc")) {
            routes.add(new Route("GET", path));
        }
        return routes;
    }

    private static Stream<Route> verbs(JavaMethod method) {
        String below = method.isAnnotatedWith(Path.class) ? "/" + method.getAnnotationOfType(Path.class).value() : "";
        String path = (method.getOwner().getAnnotationOfType(Path.class).value() + below).replaceAll("\\{[a-z]+}", "1");
        return Arrays.stream(method.reflect().getAnnotations())
                .map(Annotation::annotationType)
                .map(type -> type.getAnnotation(HttpMethod.class))
                .filter(verb -> verb != null)
                .map(verb -> new Route(verb.value(), path));
    }

    private static HttpResponse<String> call(RunningService service, Route route, Optional<String> authorization) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(service.url().resolve(route.path()))
                .method(route.method(), route.method().equals("POST") ? HttpRequest.BodyPublishers.ofString("x") : HttpRequest.BodyPublishers.noBody());
        authorization.ifPresent(value -> request.header("Authorization", value));
        try (var http = RunningService.http()) {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    @ParameterizedTest
    @MethodSource("routes")
    void isClosedWithoutTheTokenOfToday(Route route) throws IOException, InterruptedException {
        String token = token(service);
        String wrong = (token.charAt(0) == 'A' ? "B" : "A") + token.substring(1);
        List<Optional<String>> keys = List.of(
                Optional.empty(),
                Optional.of(""),
                Optional.of("Bearer"),
                Optional.of("Bearer "),
                Optional.of("Bearer " + wrong),
                Optional.of("Bearer " + token + "x"),
                Optional.of("Bearer " + token.substring(1)),
                Optional.of("Bearer " + replacedToken),
                Optional.of("Basic " + token),
                Optional.of(token));
        for (Optional<String> key : keys) {
            HttpResponse<String> answer = call(service, route, key);
            assertThat(answer.statusCode()).as("%s with %s", route, key).isEqualTo(401);
            assertThat(answer.body()).contains("/problems/unauthenticated").doesNotContain(token);
            assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        }
        assertThat(call(service, route, Optional.of("Bearer " + token)).statusCode()).as("%s with the token", route).isNotEqualTo(401);
    }

    @ParameterizedTest
    @MethodSource("routes")
    void isClosedWithATokenThatHasExpired(Route route) throws IOException, InterruptedException {
        HttpResponse<String> answer = call(closed, route, Optional.of("Bearer " + token(closed)));
        assertThat(answer.statusCode()).as(route.toString()).isEqualTo(401);
        assertThat(answer.body())
                .contains("/problems/unauthenticated", "this operator token has expired; make a new one by ./slipway api-token renew");
        assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer");
    }

    @Test
    void saysInACommandWhatToDoAboutATokenThatHasExpired() {
        Commands.Result result = new Tools(closed, folder).run("voucher", "list");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.output()).contains("this operator token has expired; make a new one by ./slipway api-token renew");
    }

    @Test
    void saysHowItIsToWhoeverAsks() throws IOException, InterruptedException {
        for (String path : List.of("/q/health", "/q/health/live", "/q/health/ready", "/q/health/started")) {
            HttpResponse<String> answer = call(service, new Route("GET", path), Optional.empty());
            assertThat(answer.statusCode()).as(path).isEqualTo(200);
            assertThat(answer.body()).contains("UP");
        }
        assertThat(call(service, new Route("GET", "/q/health/../metrics"), Optional.empty()).statusCode()).isEqualTo(401);
        assertThat(call(service, new Route("GET", "/q/healthy"), Optional.empty()).statusCode()).isEqualTo(401);
    }

    @Test
    void answersErrorsAsProblems() throws IOException, InterruptedException {
        Optional<String> token = Optional.of("Bearer " + token(service));
        for (Route route : List.of(
                new Route("GET", "/api/v1/vouchers/nothing"), new Route("GET", "/api/v1/nothing"), new Route("GET", "/api/v1/vouchers?limit=0"),
                new Route("GET", "/api/v1/vouchers?after=nothing"), new Route("DELETE", "/api/v1/vouchers"), new Route("POST", "/api/v1/vouchers"),
                new Route("POST", "/api/v1/owner-keys"), new Route("POST", "/api/v1/trust/nobody"), new Route("DELETE", "/api/v1/trust/owner/xx"))) {
            HttpResponse<String> answer = call(service, route, token);
            assertThat(answer.statusCode()).as(route.toString()).isIn(400, 404, 405);
            assertThat(answer.headers().firstValue("Content-Type").orElse("")).as(route.toString()).startsWith("application/problem+json");
            assertThat(answer.body()).contains("/problems/", "\"status\":" + answer.statusCode());
        }
    }

    /** Said in advance, and found out on the way; to whoever has no token, nothing but that. */
    @Test
    void saysThatABodyIsTooLong() throws IOException, InterruptedException {
        byte[] megabytes = new byte[3_000_000];
        for (HttpRequest.BodyPublisher body : List.of(
                HttpRequest.BodyPublishers.ofByteArray(megabytes),
                HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(megabytes)))) {
            HttpResponse<String> answer = post(body, token(service));
            assertThat(answer.statusCode()).isEqualTo(413);
            assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
            assertThat(answer.body()).contains("/problems/too-large", "\"status\":413");
            assertThat(post(body, "x".repeat(43)).statusCode()).isEqualTo(401);
        }
        assertThat(post(HttpRequest.BodyPublishers.ofByteArray(megabytes), token(service)).body())
                .contains("a body of 3000000 octets, at most 1048576 are taken; send less at once");
        HttpResponse<String> small = post(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[1_000_000])), token(service));
        assertThat(small.statusCode()).isEqualTo(400);
        assertThat(small.body()).contains("neither a PEM block OWNERSHIP VOUCHER nor the CBOR of a voucher");
    }

    private HttpResponse<String> post(HttpRequest.BodyPublisher body, String token) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(service.url().resolve("/api/v1/vouchers")).POST(body).header("Authorization", "Bearer " + token).build();
        try (var http = RunningService.http()) {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }
}
