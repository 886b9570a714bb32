package dev.slipway.cli;

import java.time.DateTimeException;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How long something is good for, written as in settings. */
final class TimeSpan implements ITypeConverter<Duration> {

    @Override
    public Duration convert(String value) {
        try {
            Duration duration = Duration.parse(value);
            if (duration.compareTo(Duration.ofSeconds(1)) >= 0) {
                return duration;
            }
        } catch (DateTimeException e) {
            // Said below.
        }
        throw new TypeConversionException("'" + value + "' is no time such as P90D or PT8H");
    }
}
