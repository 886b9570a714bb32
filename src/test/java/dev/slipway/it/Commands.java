package dev.slipway.it;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs programs to their end. */
final class Commands {

    /** @param output standard output and error together */
    record Result(int exitCode, String output) {}

    private static final int PREPARATION_SECONDS = 600;

    private Commands() {}

    static Path baseFolder() {
        return Path.of(System.getProperty("basedir", ".")).toAbsolutePath().normalize();
    }

    static String launcher() {
        return Launcher.PATH;
    }

    /** What it does once for all commands is done, so that no test waits for it. */
    private static final class Launcher {
        private static final String PATH = prepared(baseFolder().resolve("slipway").toString());

        private static String prepared(String path) {
            Result help = run(baseFolder(), Map.of(), PREPARATION_SECONDS, List.of(path, "device", "--help"));
            if (help.exitCode() != 0) {
                throw new AssertionError(help.output());
            }
            return path;
        }
    }

    /** A real program that {@code ./slipway test} built. */
    static String tool(String name) {
        Path tool = baseFolder().resolve("target/tools").resolve(name);
        if (!Files.isExecutable(tool)) {
            throw new AssertionError(tool + " is missing; run the tests by ./slipway test, which builds it");
        }
        return tool.toString();
    }

    static Result run(Path folder, Map<String, String> environment, int seconds, List<String> command) {
        try {
            File output = File.createTempFile("output", ".txt");
            try {
                return run(folder, environment, seconds, command, output);
            } finally {
                Files.delete(output.toPath());
            }
        } catch (IOException | InterruptedException e) {
            throw new AssertionError("cannot run " + command, e);
        }
    }

    private static Result run(Path folder, Map<String, String> environment, int seconds, List<String> command, File output)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).redirectOutput(output);
        builder.environment().putAll(environment);
        Process process = builder.start();
        if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
            throw new AssertionError(command + " was not done within " + seconds + " s:\n" + Files.readString(output.toPath()));
        }
        return new Result(process.exitValue(), Files.readString(output.toPath()));
    }
}
