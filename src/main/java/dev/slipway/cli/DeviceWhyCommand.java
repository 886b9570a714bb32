package dev.slipway.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./slipway device why}. */
@Command(
        name = "why",
        description = "Says what a device gets, and why: its groups, its profiles, and each value with where it comes from; secrets are masked",
        footer = "%nExit codes: 0 done; 1 it failed; 2 wrong usage.",
        mixinStandardHelpOptions = true)
final class DeviceWhyCommand implements Callable<Integer> {

    @Mixin
    private ApiOptions options;

    @Parameters(paramLabel = DeviceCommand.DEVICE, description = DeviceCommand.DEVICE_HELP)
    private String device;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        try (ApiClient api = options.client()) {
            new AssignmentText(spec.commandLine().getOut()).print(api.get(DeviceCommand.path(device) + "/assignment"), options.json());
        }
        return 0;
    }
}
