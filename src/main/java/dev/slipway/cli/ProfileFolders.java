package dev.slipway.cli;

import dev.slipway.failure.Failure;
import dev.slipway.ignition.ProfileLayout;
import dev.slipway.ops.ProfileFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * Folders of profiles that a command is given: of one, or of many, each in a folder below.
 *
 * @param shown as the caller wrote it
 */
record ProfileFolders(Path shown, ProfileFolder folder) {

    /** @throws ParameterException if there is no profile */
    static List<ProfileFolders> of(CommandSpec spec, List<Path> arguments) {
        return arguments.stream().flatMap(argument -> find(spec, argument).stream()).toList();
    }

    /** @throws ParameterException if it is not the folder of one profile */
    static ProfileFolders one(CommandSpec spec, Path argument) {
        if (!isProfile(argument)) {
            throw new ParameterException(
                    spec.commandLine(), "there is no profile in " + argument + "; name a folder with config.bu or config.ign.json");
        }
        return at(spec, argument);
    }

    private static List<ProfileFolders> find(CommandSpec spec, Path argument) {
        if (isProfile(argument)) {
            return List.of(at(spec, argument));
        }
        List<ProfileFolders> found = new ArrayList<>();
        try (Stream<Path> children = Files.list(argument)) {
            children.filter(ProfileFolders::isProfile).sorted().forEach(child -> found.add(at(spec, child)));
        } catch (IOException e) {
            throw new ParameterException(spec.commandLine(), "there is no folder " + argument);
        }
        if (found.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "there is no profile in " + argument + "; a profile is a folder with config.bu or config.ign.json");
        }
        return found;
    }

    private static boolean isProfile(Path folder) {
        return ProfileLayout.DOCUMENTS.stream().anyMatch(document -> Files.exists(folder.resolve(document)));
    }

    private static ProfileFolders at(CommandSpec spec, Path folder) {
        try {
            return new ProfileFolders(folder, ProfileFolder.at(folder));
        } catch (Failure.NotFound e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
    }

    String name() {
        return folder.path().getFileName().toString();
    }
}
