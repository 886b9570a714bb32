package dev.slipway.ignition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.bytes.Bytes;
import dev.slipway.ignition.ProfileManifest.Entry;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileManifestTest {

    private static final Entry CONFIG = ProfileManifest.file("config.ign.json", Profiles.bytes("{}"));
    private static final Bytes ABC = Bytes.fromHex("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");

    private static Bytes hash(Entry... entries) {
        return new ProfileManifest(List.of(entries)).sha256();
    }

    /** As {@code sha256sum} gives it for four lines, in the order of paths: config.ign.json, files/l, files/run, files/sub. */
    @Test
    void hashesALineForEachEntry() {
        assertThat(hash(new Entry.Folder("files/sub"), new Entry.File("files/run", true, 3, ABC), new Entry.Link("files/l", "run"), CONFIG).toHex())
                .isEqualTo("b42e4f99cd90d306bc9b42e6b86fb07534473c12bda643ba22307df3d5fbd91f");
    }

    @Test
    void isAnotherAsSoonAsAnythingIs() {
        Bytes hash = hash(CONFIG, new Entry.File("files/run", true, 3, ABC));
        assertThat(hash).isNotEqualTo(hash(CONFIG, new Entry.File("files/run", false, 3, ABC)));
        assertThat(hash).isNotEqualTo(hash(CONFIG, new Entry.File("files/ran", true, 3, ABC)));
        assertThat(hash).isNotEqualTo(hash(CONFIG, new Entry.File("files/run", true, 3, Bytes.of(new byte[32]))));
        assertThat(hash).isNotEqualTo(hash(CONFIG, new Entry.File("files/run", true, 3, ABC), new Entry.Folder("files/sub")));
        assertThat(hash(CONFIG, new Entry.Link("files/l", "run"))).isNotEqualTo(hash(CONFIG, new Entry.Link("files/l", "ran")));
    }

    @Test
    void hasNoTwoEntriesOfOnePath() {
        assertThatThrownBy(() -> hash(CONFIG, CONFIG)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"config.bu", "files", "files/a", "files/a b/ü", "samples/x.yaml", "plan.yaml"})
    void knowsWhatMayBeInAProfile(String path) {
        assertThat(ProfileLayout.complaint(path)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "/config.bu", "/etc/passwd", "../config.bu", "files/../config.bu", "files/./a", "files//a", "files/a/", "./config.bu", "files/a\nb",
        "files/\u0000", "config.yaml", "other/a", "config.bu/a", "files/\ud800", "files/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17"
    })
    void knowsWhatMayNot(String path) {
        assertThat(ProfileLayout.complaint(path)).isPresent();
    }
}
