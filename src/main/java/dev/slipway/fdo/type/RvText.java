package dev.slipway.fdo.type;

import dev.slipway.bytes.Bytes;
import dev.slipway.cbor.CborItem;
import dev.slipway.cbor.CborWriter;
import dev.slipway.failure.Failure.Malformed;
import dev.slipway.fdo.type.RendezvousInfo.Directive;
import dev.slipway.fdo.type.RendezvousInfo.Instruction;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Rendezvous directives as people read and write them: the standard's own words, {@code NAME} for a flag and {@code NAME=VALUE} for the rest,
 * separated by spaces; a value with spaces in it is in double quotes.
 *
 * <pre>dns=rv.example dev-port=443 owner-port=443 protocol=https delaysec=60</pre>
 *
 * @see "FIDO Device Onboard 1.1, RendezvousInfo"
 */
public final class RvText {

    private static final int MAX_TEXT_OCTETS = 255;
    private static final int FIRST_WIFI = 10;
    private static final int ALL_ETHERNET = 20;
    private static final int ALL_WIFI = 21;
    private static final String HIDDEN = "********";

    private RvText() {}

    /** One line for each directive. Passwords are masked; what cannot be read is shown in hex. */
    public static List<String> describe(RendezvousInfo rvInfo) {
        return rvInfo.directives().stream()
                .map(directive -> directive.instructions().stream().map(RvText::describe).collect(Collectors.joining(" ")))
                .toList();
    }

    private static String describe(Instruction instruction) {
        String word = word(instruction.variable());
        return instruction.value().map(value -> word + "=" + Words.quoted(describe(instruction.variable(), value))).orElse(word);
    }

    private static String describe(RvVariable variable, CborItem value) {
        try {
            return switch (variable) {
                case DEV_ONLY, OWNER_ONLY, BYPASS -> "set";
                case IP_ADDRESS -> IpText.of(value.byteString());
                case DEV_PORT, OWNER_PORT -> Integer.toString(value.uint(65535));
                case DNS, WIFI_SSID -> value.text(MAX_TEXT_OCTETS);
                case WIFI_PW -> HIDDEN;
                case SV_CERT_HASH, CL_CERT_HASH -> hash(Hash.decode(value));
                case USER_INPUT -> Boolean.toString(value.bool());
                case MEDIUM -> medium(value.uint(255));
                case PROTOCOL -> word(RvProtocol.ofId(value.uint(255)));
                case DELAYSEC -> Long.toString(value.uint32());
                case EXT_RV -> value.array(1, 16).stream().map(part -> part.text(MAX_TEXT_OCTETS)).collect(Collectors.joining(","));
            };
        } catch (Malformed e) {
            return "0x" + value.bytes().toHex();
        }
    }

    private static String hash(Hash hash) {
        return hash.type().name().toLowerCase(Locale.ROOT) + ":" + hash.value().toHex();
    }

    private static String medium(int number) {
        return switch (number) {
            case ALL_ETHERNET -> "eth-all";
            case ALL_WIFI -> "wifi-all";
            default -> {
                if (number > ALL_WIFI) {
                    yield "0x" + Integer.toHexString(number);
                }
                yield number < FIRST_WIFI ? "eth" + number : "wifi" + (number - FIRST_WIFI);
            }
        };
    }

    /** @throws IllegalArgumentException saying what is wrong with which word; nothing of a password is in its message */
    public static Directive parse(String text) {
        List<Instruction> instructions = Words.split(text).stream().map(RvText::instruction).toList();
        if (instructions.isEmpty()) {
            throw new IllegalArgumentException("a directive has at least one instruction");
        }
        return new Directive(instructions);
    }

    private static Instruction instruction(Words.Word word) {
        RvVariable variable = Arrays.stream(RvVariable.values())
                .filter(candidate -> word(candidate).equals(word.name()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("word " + word.number() + " is none of " + words(RvVariable.values())));
        return switch (variable) {
            case DEV_ONLY, OWNER_ONLY, BYPASS -> flag(variable, word);
            default -> Instruction.of(variable, value(variable, word.value()));
        };
    }

    private static Instruction flag(RvVariable variable, Words.Word word) {
        if (word.hasValue()) {
            throw new IllegalArgumentException("'" + word.name() + "' takes no value");
        }
        return new Instruction(variable, Optional.empty());
    }

    private static CborWriter value(RvVariable variable, String text) {
        CborWriter writer = new CborWriter();
        return switch (variable) {
            case DEV_ONLY, OWNER_ONLY, BYPASS -> throw new IllegalStateException("a flag");
            case IP_ADDRESS -> writer.byteString(IpText.parse(text));
            case DEV_PORT, OWNER_PORT -> writer.integer(Words.number(text, 65535));
            case DNS, WIFI_SSID, WIFI_PW -> writer.text(text);
            case SV_CERT_HASH, CL_CERT_HASH -> writer.raw(parseHash(text).encode());
            case USER_INPUT -> writer.bool(Words.oneOf(text, "true", "false").equals("true"));
            case MEDIUM -> writer.integer(parseMedium(text));
            case PROTOCOL -> writer.integer(protocol(text).id());
            case DELAYSEC -> writer.integer(Words.number(text, 0xffff_ffffL));
            case EXT_RV -> {
                String[] parts = text.split(",");
                writer.array(parts.length);
                Arrays.stream(parts).forEach(writer::text);
                yield writer;
            }
        };
    }

    private static Hash parseHash(String text) {
        String[] parts = text.split(":", 2);
        HashType type = Words.oneOf(parts[0], "sha256", "sha384").equals("sha256") ? HashType.SHA256 : HashType.SHA384;
        try {
            return new Hash(type, Bytes.fromHex(parts.length == 2 ? parts[1] : ""));
        } catch (Malformed e) {
            throw new IllegalArgumentException("'" + text + "' is not " + parts[0] + ": and " + 2 * type.octets() + " hex digits");
        }
    }

    private static int parseMedium(String text) {
        for (int number = 0; number <= ALL_WIFI; number++) {
            if (medium(number).equals(text)) {
                return number;
            }
        }
        throw new IllegalArgumentException("'" + text + "' is none of eth0 to eth9, wifi0 to wifi9, eth-all, wifi-all");
    }

    private static RvProtocol protocol(String text) {
        return Arrays.stream(RvProtocol.values())
                .filter(protocol -> word(protocol).equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("protocol '" + text + "' is none of " + words(RvProtocol.values())));
    }

    private static String words(Enum<?>[] constants) {
        return Arrays.stream(constants).map(RvText::word).collect(Collectors.joining(", "));
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
