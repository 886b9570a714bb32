package dev.slipway.transport;

import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** Whoever is at the other end of a connection. */
public final class Peer {

    private static final int MAX_TEXT_CHARACTERS = 512;

    private Peer() {}

    public static InetAddress address(HttpServerRequest request) {
        try {
            return InetAddress.getByName(request.remoteAddress().hostAddress());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("a connection without an address", e);
        }
    }

    /** A text that may quote what the peer sent, the name in a certificate for instance: it must neither forge a line nor fill the log. */
    public static String printable(String text) {
        return text.substring(0, Math.min(text.length(), MAX_TEXT_CHARACTERS)).replaceAll("\\p{Cntrl}", " ");
    }
}
