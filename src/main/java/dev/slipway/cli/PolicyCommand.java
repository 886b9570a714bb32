package dev.slipway.cli;

import picocli.CommandLine.Command;

/** {@code ./slipway policy}. */
@Command(
        name = "policy",
        description = "Policies: what the machines of a fleet may boot. lint and explain work on files, without a service.",
        subcommands = {PolicyLintCommand.class, PolicyExplainCommand.class},
        footer = "%nExit codes: 0 done; 1 it failed, or was rejected; 2 wrong usage.",
        mixinStandardHelpOptions = true)
final class PolicyCommand {}
