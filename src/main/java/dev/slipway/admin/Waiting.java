package dev.slipway.admin;

import dev.slipway.failure.Failure.Internal;
import dev.slipway.failure.Failure;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Waits for what storage does, on a virtual thread. */
final class Waiting {

    private Waiting() {}

    static <T> T join(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof Failure failure ? failure : new Internal("database write failed", e.getCause());
        }
    }
}
