package dev.slipway.ignition.spec;

import java.net.InetAddress;
import java.net.URLDecoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/**
 * A URL split as Ignition splits it. Its parser is laxer than RFC 3986: most characters may stand unescaped in a path or query.
 *
 * @param scheme lower case; empty where there is none
 * @param opaque what follows the scheme when it does not start with a slash
 * @param host with port, without user
 * @see "RFC 3986; Go, package net/url, Parse"
 */
record SourceUrl(String scheme, String opaque, String host, String query) {

    /** Beside letters and digits. */
    private static final String IN_HOST = "-_.~!$&'()*+,;=:[]<>\"";
    private static final String IN_USER = "-._:~!$&'()*+,;=%@";

    private static final class Unparsable extends Exception {
        Unparsable() {
            super(null, null, false, false);
        }
    }

    static Optional<SourceUrl> parse(String url) {
        try {
            int hash = url.indexOf('#');
            if (hash >= 0) {
                checkEscapes(url.substring(hash + 1));
            }
            return Optional.of(split(hash < 0 ? url : url.substring(0, hash)));
        } catch (Unparsable e) {
            return Optional.empty();
        }
    }

    private static SourceUrl split(String url) throws Unparsable {
        if (url.chars().anyMatch(c -> c < 0x20 || c == 0x7f)) {
            throw new Unparsable();
        }
        int colon = schemeEnd(url);
        String scheme = url.substring(0, Math.max(colon, 0)).toLowerCase(Locale.ROOT);
        String rest = url.substring(colon + 1);
        int mark = rest.indexOf('?');
        String query = mark < 0 ? "" : rest.substring(mark + 1);
        String path = mark < 0 ? rest : rest.substring(0, mark);
        if (!path.startsWith("/") && !scheme.isEmpty()) {
            return new SourceUrl(scheme, path, "", query);
        }
        if (!path.startsWith("/") && upTo(path, '/').indexOf(':') >= 0) {
            throw new Unparsable();
        }
        String host = "";
        if (path.startsWith("//") && (!scheme.isEmpty() || !path.startsWith("///"))) {
            String authority = upTo(path.substring(2), '/');
            path = path.substring(2 + authority.length());
            host = host(authority);
        }
        checkEscapes(path);
        return new SourceUrl(scheme, "", host, query);
    }

    /** Index of the colon after the scheme; -1 where there is no scheme. */
    private static int schemeEnd(String url) throws Unparsable {
        for (int i = 0; i < url.length(); i++) {
            char c = url.charAt(i);
            if (c == ':') {
                if (i == 0) {
                    throw new Unparsable();
                }
                return i;
            }
            if (!isLetter(c) && (i == 0 || !isDigit(c) && "+-.".indexOf(c) < 0)) {
                return -1;
            }
        }
        return -1;
    }

    private static String host(String authority) throws Unparsable {
        int at = authority.lastIndexOf('@');
        String user = authority.substring(0, Math.max(at, 0));
        if (!user.chars().allMatch(c -> isLetter(c) || isDigit(c) || IN_USER.indexOf(c) >= 0)) {
            throw new Unparsable();
        }
        checkEscapes(user);
        String host = authority.substring(at + 1);
        int bracket = host.lastIndexOf('[');
        if (bracket > 0) {
            throw new Unparsable();
        }
        if (bracket == 0) {
            int close = host.lastIndexOf(']');
            if (close < 0) {
                throw new Unparsable();
            }
            checkAddress(host.substring(1, close));
            checkPort(host.substring(close + 1));
            return host;
        }
        int colon = host.lastIndexOf(':');
        if (colon >= 0) {
            checkPort(host.substring(colon));
        }
        checkHost(host);
        return host;
    }

    /** IPv6, with a zone behind an escaped percent sign. */
    private static void checkAddress(String address) throws Unparsable {
        int percent = address.indexOf("%25");
        if (!isIpv6(percent < 0 ? address : address.substring(0, percent)) || percent >= 0 && percent == address.length() - 3) {
            throw new Unparsable();
        }
        String zone = percent < 0 ? "" : address.substring(percent);
        checkEscapes(zone);
        for (int i = 0; i < zone.length(); i++) {
            boolean escaped = zone.charAt(i) == '%';
            int c = escaped ? HexFormat.fromHexDigits(zone, i + 1, i + 3) : zone.charAt(i);
            if (!isInHost(c) && !(escaped ? c == '%' || c == ' ' : c >= 0x80)) {
                throw new Unparsable();
            }
            i += escaped ? 2 : 0;
        }
    }

    private static void checkPort(String port) throws Unparsable {
        if (!port.isEmpty() && (port.charAt(0) != ':' || !port.chars().skip(1).allMatch(SourceUrl::isDigit))) {
            throw new Unparsable();
        }
    }

    /** Only octets outside ASCII may be escaped in a host. */
    private static void checkHost(String host) throws Unparsable {
        checkEscapes(host);
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            boolean escape = c == '%' && (host.charAt(i + 1) >= '8' || host.startsWith("%25", i));
            if (c < 0x80 && !escape && !isInHost(c)) {
                throw new Unparsable();
            }
        }
    }

    private static void checkEscapes(String text) throws Unparsable {
        for (int i = text.indexOf('%'); i >= 0; i = text.indexOf('%', i + 1)) {
            if (i + 2 >= text.length() || !HexFormat.isHexDigit(text.charAt(i + 1)) || !HexFormat.isHexDigit(text.charAt(i + 2))) {
                throw new Unparsable();
            }
        }
    }

    /** An address in brackets is never looked up. */
    private static boolean isIpv6(String address) {
        try {
            return address.indexOf(':') >= 0 && address.indexOf('%') < 0 && InetAddress.getByName("[" + address + "]") != null;
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** The first value of a parameter of the query; empty where it is not there. */
    Optional<String> parameter(String name) {
        for (String part : query.split("&")) {
            int equals = part.indexOf('=');
            Optional<String> key = unescaped(equals < 0 ? part : part.substring(0, equals));
            Optional<String> value = unescaped(equals < 0 ? "" : part.substring(equals + 1));
            if (part.indexOf(';') < 0 && value.isPresent() && key.filter(name::equals).isPresent()) {
                return value;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> unescaped(String text) {
        try {
            checkEscapes(text);
            return Optional.of(URLDecoder.decode(text, StandardCharsets.UTF_8));
        } catch (Unparsable e) {
            return Optional.empty();
        }
    }

    private static String upTo(String text, char end) {
        int index = text.indexOf(end);
        return index < 0 ? text : text.substring(0, index);
    }

    private static boolean isInHost(int c) {
        return isLetter(c) || isDigit(c) || IN_HOST.indexOf(c) >= 0;
    }

    private static boolean isLetter(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }
}
