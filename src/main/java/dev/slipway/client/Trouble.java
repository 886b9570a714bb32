package dev.slipway.client;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLException;

/** Says in words why a service could not be talked to. */
final class Trouble {

    private Trouble() {}

    static String words(URI base, IOException trouble) {
        if (hasCause(trouble, UnresolvedAddressException.class)) {
            return "the name in " + base + " is not known to DNS";
        }
        return switch (trouble) {
            case HttpTimeoutException e -> "no answer from " + base + " in time";
            case ConnectException e -> "nobody answers at " + base;
            case SSLException e -> "no trust in " + base + ": " + e.getMessage();
            default -> "the connection to " + base + " failed: " + trouble.getMessage();
        };
    }

    private static boolean hasCause(Throwable trouble, Class<? extends Throwable> cause) {
        return trouble != null && (cause.isInstance(trouble) || hasCause(trouble.getCause(), cause));
    }
}
