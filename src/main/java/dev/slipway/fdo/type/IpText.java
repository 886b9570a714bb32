package dev.slipway.fdo.type;

import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure.Malformed;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** IP addresses in figures; a name is never resolved. */
public final class IpText {

    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    private IpText() {}

    /** @throws Malformed if it has neither 4 nor 16 octets */
    public static String of(Bytes address) {
        try {
            return InetAddress.getByAddress(address.toArray()).getHostAddress();
        } catch (UnknownHostException e) {
            throw new Malformed("IP address of " + address.length() + " octets");
        }
    }

    /** 4 octets, or 16. */
    public static Bytes parse(String text) {
        try {
            if (IPV4.matcher(text).matches() || IPV6.matcher(text).matches()) {
                return Bytes.owning(InetAddress.getByName(text).getAddress());
            }
        } catch (UnknownHostException e) {
            // Said below.
        }
        throw new IllegalArgumentException("'" + text + "' is not an IP address");
    }
}
