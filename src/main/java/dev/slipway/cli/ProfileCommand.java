package dev.slipway.cli;

import picocli.CommandLine.Command;

/** {@code ./slipway profile}. */
@Command(
        name = "profile",
        description = "Profiles: what kinds of devices get. lint, render and diff work on folders, without a service.",
        subcommands = {ProfileLintCommand.class, ProfileRenderCommand.class, ProfileDiffCommand.class},
        footer = "%nExit codes: 0 done; 1 it failed, or there are errors or differences; 2 wrong usage.",
        mixinStandardHelpOptions = true)
final class ProfileCommand {}
