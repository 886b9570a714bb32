package dev.slipway.fdo.type;

import dev.slipway.bytes.Bytes;
import dev.slipway.fdo.type.RvTo2Addr.TransportProtocol;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Addresses of an owner as people write them, in the form of {@link RvText}:
 *
 * <pre>dns=owner.example ip=192.0.2.1 port=443 protocol=https</pre>
 *
 * @see "FIDO Device Onboard 1.1, RVTO2Addr"
 */
public final class RvTo2AddrText {

    private static final List<String> NAMES = List.of("dns", "ip", "port", "protocol");

    private RvTo2AddrText() {}

    /** @throws IllegalArgumentException saying what is wrong with which word */
    public static RvTo2Addr.Entry parse(String text) {
        Map<String, String> values = Words.split(text).stream().collect(Collectors.toMap(RvTo2AddrText::name, Words.Word::value, (first, second) -> {
            throw new IllegalArgumentException("'" + text + "' says something twice");
        }));
        Optional<Bytes> ip = Optional.ofNullable(values.get("ip")).map(IpText::parse);
        Optional<String> dns = Optional.ofNullable(values.get("dns"));
        if (ip.isEmpty() && dns.isEmpty()) {
            throw new IllegalArgumentException("'" + text + "' has neither dns=… nor ip=…");
        }
        return new RvTo2Addr.Entry(ip, dns, (int) Words.number(required(values, "port"), 65535), protocol(required(values, "protocol")));
    }

    private static String name(Words.Word word) {
        return Words.oneOf(word.name(), NAMES.toArray(String[]::new));
    }

    private static String required(Map<String, String> values, String name) {
        return Optional.ofNullable(values.get(name)).orElseThrow(() -> new IllegalArgumentException("there is no " + name + "=…"));
    }

    private static TransportProtocol protocol(String word) {
        String[] words = Arrays.stream(TransportProtocol.values()).map(constant -> constant.name().toLowerCase(Locale.ROOT)).toArray(String[]::new);
        return TransportProtocol.valueOf(Words.oneOf(word, words).toUpperCase(Locale.ROOT));
    }
}
