package dev.slipway.simulator;

import dev.slipway.client.FdoClient;
import dev.slipway.client.PeerError;
import dev.slipway.failure.Failure;
import java.util.function.Supplier;

/** Runs a protocol as a polite device: a service that fails one of its checks is told so. */
final class Telling {

    private Telling() {}

    static <T> T telling(FdoClient client, Supplier<T> protocol) {
        try {
            return protocol.get();
        } catch (CheckFailed | Failure e) {
            try {
                client.giveUp();
            } catch (PeerError unheard) {
                e.addSuppressed(unheard);
            }
            throw e;
        }
    }
}
