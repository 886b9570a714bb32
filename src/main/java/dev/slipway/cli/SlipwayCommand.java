package dev.slipway.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine;

/** Where the commands begin. */
@Command(
        name = "./slipway",
        description = "Provisioning server for image-based Linux devices",
        subcommands = {
            VoucherCommand.class,
            OwnerKeyCommand.class,
            DeviceCommand.class,
            GroupCommand.class,
            ProfileCommand.class,
            PolicyCommand.class,
            TrustCommand.class,
            ApiTokenCommand.class,
            StationCommand.class,
            SimulateCommand.class,
            DemoCommand.class,
            BenchCommand.class
        },
        mixinStandardHelpOptions = true)
public final class SlipwayCommand {

    private static final int FAILED = 1;

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new SlipwayCommand());
        commandLine.setExecutionExceptionHandler((failure, command, parsed) -> {
            command.getErr().println("slipway: " + failure.getMessage());
            return FAILED;
        });
        return commandLine;
    }
}
