package dev.slipway.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What Linux says of a process. */
final class ProcessFigures {

    private static final double CLOCK_TICKS_PER_SECOND = 100;
    private static final int UTIME = 11;
    private static final int STIME = 12;

    private ProcessFigures() {}

    /** User and system time so far, of all its threads, in seconds. */
    static double cpuSeconds(long pid) {
        String stat = read("/proc/" + pid + "/stat");
        // The name in parentheses may hold blanks; the third field follows it.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[UTIME]) + Long.parseLong(fields[STIME])) / CLOCK_TICKS_PER_SECOND;
    }

    /** Resident memory in MB. */
    static long residentMegabytes(long pid) {
        return read("/proc/" + pid + "/status")
                        .lines()
                        .filter(line -> line.startsWith("VmRSS:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                        .findFirst()
                        .orElseThrow()
                / 1024;
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException("the service is gone", e);
        }
    }
}
