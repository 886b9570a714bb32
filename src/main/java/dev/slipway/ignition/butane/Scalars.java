package dev.slipway.ignition.butane;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * Scalars by the type that is wanted: {@code yes} is true for a flag and a word of three letters for a text.
 *
 * <p>This is how Butane's YAML library reads them: YAML 1.2 with the numbers and truth values of YAML 1.1.
 */
final class Scalars {

    private static final Set<String> NULL = Set.of("", "~", "null", "Null", "NULL");
    private static final Set<String> PLAIN_TRUE = Set.of("true", "True", "TRUE");
    private static final Set<String> PLAIN_FALSE = Set.of("false", "False", "FALSE");
    private static final Set<String> TRUE = Set.of("y", "Y", "yes", "Yes", "YES", "on", "On", "ON");
    private static final Set<String> FALSE = Set.of("n", "N", "no", "No", "NO", "off", "Off", "OFF");

    private static final Pattern PREFIXED = Pattern.compile("([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]([0-7]+)|0([0-7]+))");
    private static final Pattern FLOAT = Pattern.compile("[-+]?(?:\\.[0-9]+|[0-9]+\\.[0-9]*)(?:[eE][-+]?[0-9]+)?|-\\.(?:inf|Inf|INF)");
    private static final Pattern DECIMAL = Pattern.compile("[-+]?[0-9]{1,30}(?:\\.[0-9]{0,30})?(?:[eE][-+]?[0-9]{1,3})?");

    private Scalars() {}

    static boolean isNull(ScalarNode scalar) {
        return isPlain(scalar) && NULL.contains(scalar.getValue());
    }

    private static boolean isPlain(ScalarNode scalar) {
        return scalar.getScalarStyle() == ScalarStyle.PLAIN;
    }

    /** The words of YAML 1.1 count even in quotes. */
    static Optional<Boolean> flag(ScalarNode scalar) {
        String text = scalar.getValue();
        if (TRUE.contains(text) || isPlain(scalar) && PLAIN_TRUE.contains(text)) {
            return Optional.of(true);
        }
        return FALSE.contains(text) || isPlain(scalar) && PLAIN_FALSE.contains(text) ? Optional.of(false) : Optional.empty();
    }

    /** Octal {@code 0644} and {@code 0o644}, decimal {@code 420} and {@code 420.0}, hexadecimal {@code 0x1a4}; {@code 08} is eight. */
    static Optional<Long> whole(ScalarNode scalar) {
        String text = scalar.getValue();
        if (!isPlain(scalar) || text.startsWith("_")) {
            return Optional.empty();
        }
        String digits = text.replace("_", "");
        Matcher prefixed = PREFIXED.matcher(digits);
        try {
            if (prefixed.matches()) {
                return Optional.of(withPrefix(prefixed).longValueExact());
            }
            return DECIMAL.matcher(digits).matches() ? Optional.of(new BigDecimal(digits).longValueExact()) : Optional.empty();
        } catch (ArithmeticException e) {
            return Optional.empty();
        }
    }

    /** A number that is none of the whole ones. */
    static boolean isFraction(ScalarNode scalar) {
        return isPlain(scalar) && !scalar.getValue().startsWith("_") && FLOAT.matcher(scalar.getValue().replace("_", "")).matches()
                && whole(scalar).isEmpty();
    }

    private static BigInteger withPrefix(Matcher number) {
        int[] radixes = {16, 2, 8, 8};
        for (int i = 0; i < radixes.length; i++) {
            String digits = number.group(i + 2);
            if (digits != null) {
                return new BigInteger(number.group(1) + digits, radixes[i]);
            }
        }
        throw new IllegalStateException("one of the groups matches");
    }
}
