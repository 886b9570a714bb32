package dev.slipway.transport;

import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** Whoever is at the other end of a connection. */
public final class Peer {

    private static final int MAX_TEXT_CHARACTERS = 512;
    private static final Pattern CONTROL = Pattern.compile("\\p{Cc}");

    private Peer() {}

    public static InetAddress address(HttpServerRequest request) {
        try {
            return InetAddress.getByName(request.remoteAddress().hostAddress());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("a connection without an address", e);
        }
    }

    /** Whether nobody between can read what is said: it is encrypted, or never leaves this machine. */
    public static boolean isPrivate(boolean encrypted, InetAddress address) {
        return encrypted || address.isLoopbackAddress();
    }

    /** A text that may quote what the peer sent, the name in a certificate for instance: it must neither forge a line nor fill the log. */
    public static String printable(String text) {
        return CONTROL.matcher(text.substring(0, Math.min(text.length(), MAX_TEXT_CHARACTERS))).replaceAll(" ");
    }
}
