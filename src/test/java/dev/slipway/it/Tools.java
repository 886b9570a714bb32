package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The operator's commands, against one service. */
record Tools(RunningService service, Path folder) {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int SECONDS = 60;

    Commands.Result run(String... arguments) {
        List<String> command = new ArrayList<>(List.of(Commands.launcher()));
        command.addAll(Arrays.asList(arguments));
        command.addAll(List.of("--url", service.url().toString(), "--data", service.data().toString()));
        return Commands.run(folder, Map.of(), SECONDS, command);
    }

    /** What it printed, if it went well. */
    String done(String... arguments) {
        Commands.Result result = run(arguments);
        assertThat(result.exitCode()).as(result.output()).isZero();
        return result.output();
    }

    /** One object for each line that it printed. */
    static List<JsonNode> json(String output) {
        return output.lines().filter(line -> line.startsWith("{")).map(Tools::read).toList();
    }

    private static JsonNode read(String line) {
        try {
            return MAPPER.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(line, e);
        }
    }

    /** The API itself, for what is asked often. */
    JsonNode get(String path) {
        try (HttpClient http = RunningService.http()) {
            HttpRequest request = HttpRequest.newBuilder(service.url().resolve("/api/v1/" + path))
                    .header("Authorization", "Bearer " + Files.readString(service.data().resolve("api-token")).strip())
                    .header("Accept", "application/json")
                    .build();
            return MAPPER.readTree(http.send(request, HttpResponse.BodyHandlers.ofByteArray()).body());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(path, e);
        }
    }

    /** The first registration of a voucher, when it has come to this. */
    JsonNode awaitRegistration(String guid, boolean accepted) {
        for (int i = 0; i < 100; i++) {
            JsonNode registration = get("vouchers/" + guid).path("registrations").path(0);
            if (registration.path("accepted").asBoolean() == accepted && (accepted || registration.path("failures").asInt() > 0)) {
                return registration;
            }
            RunningService.pause(100);
        }
        throw new AssertionError("registration of " + guid + " never was accepted=" + accepted + ": " + get("vouchers/" + guid));
    }
}
