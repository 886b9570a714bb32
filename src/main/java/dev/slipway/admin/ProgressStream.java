package dev.slipway.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.ignition.rollout.Gate;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Answers to what may take a minute. Whoever accepts {@code application/x-ndjson} is told how far it is: a line
 * {@code {"progress": {"seen": 2000, "tried": 1800, "refused": 0}}} every now and then, and at the end one with {@code result} or
 * {@code problem}, where the status is 200 whatever comes of it. Anybody else waits, and gets the result or problem with its status.
 */
@Singleton
final class ProgressStream {

    static final String NDJSON = "application/x-ndjson";
    private static final long INTERVAL_NANOS = Duration.ofMillis(250).toNanos();

    private final ObjectMapper mapper;
    private final FailureMapper failures = new FailureMapper();

    ProgressStream(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    /** What somebody does who is told how far it is. */
    interface Work extends Function<Consumer<Gate.Progress>, Object> {}

    Response answer(String accept, Work work) {
        if (accept == null || !accept.contains(NDJSON)) {
            return Response.ok(work.apply(progress -> {}), "application/json").build();
        }
        StreamingOutput lines = out -> line(out, resultOf(work, out));
        return Response.ok(lines, NDJSON).build();
    }

    private Map<String, Object> resultOf(Work work, OutputStream out) {
        try {
            return Map.of("result", work.apply(new Throttled(out)));
        } catch (RuntimeException failure) {
            return Map.of("problem", failures.toResponse(failure).getEntity());
        }
    }

    private void line(OutputStream out, Object value) throws IOException {
        out.write((text(value) + "\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private String text(Object value) {
        try {
            return mapper.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write JSON", e);
        }
    }

    /** Tells of progress, not too often. Whoever has gone away is told nothing, and what he asked for is done. */
    private final class Throttled implements Consumer<Gate.Progress> {

        private final OutputStream out;
        private long last = System.nanoTime() - INTERVAL_NANOS;
        private boolean gone;

        Throttled(OutputStream out) {
            this.out = out;
        }

        @Override
        public void accept(Gate.Progress progress) {
            if (gone || System.nanoTime() - last < INTERVAL_NANOS) {
                return;
            }
            last = System.nanoTime();
            try {
                line(out, Map.of("progress", progress));
            } catch (IOException e) {
                gone = true;
            }
        }
    }
}
