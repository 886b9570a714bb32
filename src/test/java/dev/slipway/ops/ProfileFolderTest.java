package dev.slipway.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slipway.device.ProofLevel;
import dev.slipway.failure.Failure;
import dev.slipway.failure.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileFolderTest {

    @TempDir
    private Path templates;

    private Path folder;

    @BeforeEach
    void makeAProfile() throws IOException {
        folder = Files.createDirectory(templates.resolve("kiosk"));
        Files.writeString(folder.resolve("config.ign.json"), "{\"ignition\": {\"version\": \"3.4.0\"}}");
        Files.writeString(folder.resolve("parameters.yaml"), "[]");
        Files.createDirectories(folder.resolve("files/etc"));
        Files.writeString(folder.resolve("files/etc/motd"), "hello");
    }

    private String refusal() {
        Failure.ConfigInvalid failure = catchThrowableOfType(Failure.ConfigInvalid.class, () -> ProfileFolder.of(templates, "kiosk").read());
        assertThat(failure).as("refusal").isNotNull();
        return String.join(",", failure.findings().stream().map(Finding::id).toList());
    }

    @Test
    void readsDocumentsAndNamesLocalFiles() {
        ProfileFolder profile = ProfileFolder.of(templates, "kiosk");
        assertThat(profile.read().documents()).containsOnlyKeys("config.ign.json", "parameters.yaml");
        assertThat(profile.read().localFiles()).containsExactly("files/etc/motd");
        assertThat(profile.parse().name()).isEqualTo("kiosk");
    }

    @Test
    void readsWhatTheProfileWantsToBeProved() throws IOException {
        Files.writeString(folder.resolve("profile.yaml"), "proof: none\n");
        assertThat(ProfileFolder.of(templates, "kiosk").parse().lowestProof()).isEqualTo(ProofLevel.NONE);
    }

    @Test
    void knowsNoProfileOutsideTheTemplates() throws IOException {
        Files.createDirectory(templates.resolve("sub"));
        for (String name : new String[] {"nope", "..", "../kiosk", "", "sub/../kiosk", ".hidden"}) {
            assertThatThrownBy(() -> ProfileFolder.of(templates, name)).as(name).isInstanceOf(Failure.NotFound.class);
        }
    }

    @Test
    void refusesLinksThatLeaveTheFolder() throws IOException {
        Path outside = Files.writeString(templates.resolve("secret"), "x");
        Files.createSymbolicLink(folder.resolve("files/link"), outside);
        assertThat(refusal()).isEqualTo("profile.link");
        Files.delete(folder.resolve("files/link"));
        Files.createSymbolicLink(folder.resolve("files/link"), templates);
        assertThat(refusal()).isEqualTo("profile.link");
        Files.delete(folder.resolve("files/link"));
        Files.createSymbolicLink(folder.resolve("plan.yaml"), outside);
        assertThat(refusal()).isEqualTo("profile.link");
    }

    @Test
    void refusesLinksThatLeadNowhere() throws IOException {
        Files.createSymbolicLink(folder.resolve("files/link"), folder.resolve("nope"));
        assertThat(refusal()).isEqualTo("profile.link");
    }

    @Test
    void takesLinksInsideTheFolder() throws IOException {
        Files.createSymbolicLink(folder.resolve("files/link"), Path.of("etc/motd"));
        ProfileFolder profile = ProfileFolder.of(templates, "kiosk");
        assertThat(profile.read().localFiles()).containsExactlyInAnyOrder("files/etc/motd", "files/link");
    }

    @Test
    void refusesDocumentsOverTheLimit() throws IOException {
        Files.writeString(folder.resolve("plan.yaml"), " ".repeat((1 << 20) + 1));
        assertThat(refusal()).isEqualTo("profile.file-too-large");
    }

    @Test
    void refusesMoreFilesThanTheLimit() throws IOException {
        for (int i = 0; i < 1000; i++) {
            Files.createFile(folder.resolve("files/" + i));
        }
        assertThat(refusal()).isEqualTo("profile.too-many-files");
    }
}
