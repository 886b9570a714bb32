package dev.slipway.ops;

import dev.slipway.audit.Author;
import dev.slipway.bytes.Bytes;
import dev.slipway.failure.Failure.ConfigInvalid;
import dev.slipway.failure.Failure.Internal;
import dev.slipway.failure.Failure.NotFound;
import dev.slipway.failure.Finding;
import dev.slipway.ignition.ProfileLayout;
import dev.slipway.ignition.ProfileManifest;
import dev.slipway.ignition.ProfileManifest.Entry;
import dev.slipway.ignition.rollout.Channels;
import dev.slipway.ignition.rollout.ContentStore;
import dev.slipway.ignition.rollout.Move;
import dev.slipway.ignition.rollout.RevisionStore;
import dev.slipway.ignition.rollout.Rollout;
import dev.slipway.ignition.rollout.StagedContents;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Takes in the profiles of a folder when the service starts: each that is new, or has changed since it was taken in. A profile that somebody
 * has applied is his from then on, and its folder only a copy.
 */
final class ProfileIntake {

    private static final Logger LOG = Logger.getLogger(ProfileIntake.class);
    private static final Author FOLDER = new Author(Author.FOLDER, "taken in when the service started");

    private final Path templates;
    private final Optional<String> required;
    private final RevisionStore store;
    private final ContentStore contents;
    private final Rollout rollout;

    /**
     * @param templates that holds a folder for each profile
     * @param required the profile that devices get by default
     */
    ProfileIntake(Path templates, Optional<String> required, RevisionStore store, ContentStore contents, Rollout rollout) {
        this.templates = templates;
        this.required = required;
        this.store = store;
        this.contents = contents;
        this.rollout = rollout;
    }

    /**
     * @throws ConfigInvalid if the required profile cannot be used as it is in the folder, and is what devices would get
     * @throws NotFound if there is none
     */
    void run() {
        required.filter(name -> store.channels(name).isEmpty()).ifPresent(name -> ProfileFolder.of(templates, name));
        folders().parallelStream().forEach(this::takeIn);
    }

    private void takeIn(Path folder) {
        String name = folder.getFileName().toString();
        try {
            takeIn(name, ProfileFolder.of(templates, name));
        } catch (ConfigInvalid e) {
            if (required.filter(name::equals).isPresent() && isOurs(name)) {
                throw e;
            }
            LOG.warnf("the profile %s in %s cannot be used, and is not taken in: %s; ./slipway profile lint %s says more",
                    name, templates, e.getMessage(), folder);
        }
    }

    private List<Path> folders() {
        if (!Files.isDirectory(templates)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(templates)) {
            return children.filter(Files::isDirectory).filter(child -> ProfileLayout.isName(child.getFileName().toString())).sorted().toList();
        } catch (IOException e) {
            throw new Internal("cannot read the folder of profiles " + templates, e);
        }
    }

    private void takeIn(String name, ProfileFolder folder) {
        ProfileManifest manifest = folder.read().manifest();
        Optional<Channels> channels = store.channels(name);
        Bytes hash = manifest.sha256();
        if (channels.isPresent() && store.revision(name, channels.get().stable()).filter(stable -> stable.hash().equals(hash)).isPresent()) {
            return;
        }
        if (!isOurs(name)) {
            if (store.revision(name, hash).isEmpty()) {
                LOG.warnf("the folder %s is not what devices get: somebody has applied the profile %s since. If they are to get it, run:"
                        + " ./slipway profile apply %s", folder.path(), name, folder.path());
            }
            return;
        }
        Rollout.Outcome outcome = rollout.takeIn(name, stage(folder.path(), manifest), FOLDER);
        outcome.warnings().forEach(finding -> LOG.logf(levelOf(finding), "profile %s: %s", name, finding));
        LOG.infof("the profile %s is taken in from %s, as revision %d", name, folder.path(), outcome.revision().number());
    }

    /** Whether nobody has done anything with the profile but we. */
    private boolean isOurs(String name) {
        return store.moves(name, Integer.MAX_VALUE).stream().map(Move::author).allMatch(author -> author.name().equals(Author.FOLDER));
    }

    private StagedContents stage(Path folder, ProfileManifest manifest) {
        ContentStore.Staging staging = contents.begin();
        for (Entry entry : manifest.entries()) {
            switch (entry) {
                case Entry.Folder below -> staging.folder(below.path());
                case Entry.Link link -> staging.link(link.path(), link.target());
                case Entry.File file -> stage(folder.resolve(file.path()), file, staging);
            }
        }
        return staging.finish();
    }

    private static void stage(Path path, Entry.File file, ContentStore.Staging staging) {
        try (InputStream in = Files.newInputStream(path)) {
            staging.file(file.path(), file.executable(), in);
        } catch (IOException e) {
            throw new Internal("cannot read " + path, e);
        }
    }

    private static Logger.Level levelOf(Finding finding) {
        return finding.severity() == Finding.Severity.INFO ? Logger.Level.INFO : Logger.Level.WARN;
    }
}
