package dev.slipway.ignition.butane;

import dev.slipway.bytes.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * Octets as the source of a resource.
 *
 * @param source a data URL
 * @param gzip whether its data is compressed
 * @see "Butane, Resource encoding; RFC 2397"
 */
record Encoded(String source, boolean gzip) {

    /** What is left as it is: everything that a URL reserves nothing for. */
    private static final String PLAIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.!~*'()";

    /** What the field {@code compression} costs. */
    private static final int GZIP_COSTS = 4;

    /** The shortest of percent-encoding, Base64 and, where it may be chosen, Base64 of gzip; of two that are equal, the earlier. */
    static Encoded shortest(Bytes octets, boolean mayCompress) {
        byte[] plain = octets.toArray();
        String percent = percent(plain);
        String base64 = base64(plain);
        String best = base64.length() < percent.length() ? base64 : percent;
        if (mayCompress) {
            String gzip = base64(gzip(plain));
            if (gzip.length() + GZIP_COSTS < best.length()) {
                return new Encoded("data:" + gzip, true);
            }
        }
        return new Encoded("data:" + best, false);
    }

    /** As before there was a choice. */
    static Encoded percentEncoded(Bytes octets) {
        return new Encoded("data:" + percent(octets.toArray()), false);
    }

    private static String percent(byte[] octets) {
        StringBuilder text = new StringBuilder(octets.length * 2).append(',');
        for (byte octet : octets) {
            if (octet > 0 && PLAIN.indexOf(octet) >= 0) {
                text.append((char) octet);
            } else {
                text.append('%').append(HexFormat.of().withUpperCase().toHexDigits(octet));
            }
        }
        return text.toString();
    }

    private static String base64(byte[] octets) {
        return ";base64," + Base64.getEncoder().encodeToString(octets);
    }

    private static byte[] gzip(byte[] octets) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out) {
            {
                def.setLevel(Deflater.BEST_COMPRESSION);
            }
        }) {
            gzip.write(octets);
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return out.toByteArray();
    }
}
