package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.Vectors;
import dev.slipway.policy.Policies;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What works without a service: lint and explain, with their exit codes. */
class PolicyCommandTest {

    private static final Path TPM = Vectors.file("tpm");
    private static final Path GATEWAY = Policies.file("gateway.yaml");

    @TempDir
    private Path folder;

    private String out;
    private String err;

    private int run(Object... arguments) {
        StringWriter printed = new StringWriter();
        StringWriter complained = new StringWriter();
        int exitCode = SlipwayCommand.commandLine()
                .setOut(new PrintWriter(printed))
                .setErr(new PrintWriter(complained))
                .execute(Stream.concat(Stream.of("policy"), Stream.of(arguments).map(Object::toString)).toArray(String[]::new));
        out = printed.toString();
        err = complained.toString();
        return exitCode;
    }

    private int explain(String quote, Object... more) {
        Stream<Object> arguments = Stream.concat(
                Stream.of("explain", "--policy", GATEWAY, "--quote", TPM.resolve("quotes/" + quote + "/attest.bin")), Stream.of(more));
        return run(arguments.toArray());
    }

    private JsonNode json() throws IOException {
        return new ObjectMapper().readTree(out);
    }

    @Test
    void findsNothingInAGoodPolicy() throws IOException {
        assertThat(run("lint", GATEWAY)).as(out + err).isZero();
        assertThat(out).isEqualTo(GATEWAY + ": fine\n");
        assertThat(run("lint", GATEWAY.getParent(), "--json")).isZero();
        assertThat(json().path("policy").asText()).isEqualTo("gateway");
        assertThat(json().path("fine").asBoolean()).isTrue();
        assertThat(json().path("findings")).isEmpty();
    }

    @Test
    void saysWhereAPolicyIsWrong() throws IOException {
        Path wrong = Files.writeString(folder.resolve("wrong.yaml"), "name: x\npcrs: sha256:4,7\nimages:\n- version: 1\n  pcrs: {4: 5a}\nphase: none\n");
        Path idle = Files.writeString(folder.resolve("idle.yml"), "name: x\npcrs: sha256:4,7\nsecure-boot: on\n");
        assertThat(run("lint", wrong, idle)).isEqualTo(1);
        assertThat(out).isEqualTo(wrong + ":5:13: error: a digest of the sha256 bank has 64 hex digits, and this has 2 characters [policy.digest]\n"
                + wrong + ":6:8: error: 'phase' is about PCR 11, which is none of sha256:4,7; add it to 'pcrs' at the top [policy.unselected-pcr]\n"
                + wrong + ": 2 errors\n"
                + idle + ":2:7: warning: PCR 4 is quoted, and the policy does not say what it should hold [policy.idle-pcr]\n"
                + idle + ":1:1: warning: nothing in the policy tells one image from another; old ones and those of others pass as well, where they"
                + " are signed [policy.any-image]\n"
                + idle + ": fine\n");
        assertThat(run("lint", wrong, "--json")).isEqualTo(1);
        assertThat(json().at("/findings/0/line").asInt()).isEqualTo(5);
        assertThat(json().at("/findings/0/id").asText()).isEqualTo("policy.digest");
        assertThat(run("lint", folder.resolve("none.yaml"))).isEqualTo(1);
        assertThat(err).isEqualTo("slipway: there is no file " + folder.resolve("none.yaml") + "\n");
        assertThat(run("lint", Files.createDirectory(folder.resolve("empty")))).isEqualTo(1);
        assertThat(err).contains("there is no policy in ");
        assertThat(run("lint")).isEqualTo(2);
    }

    @Test
    void explainsWhyABootPasses() throws IOException {
        Path quote = TPM.resolve("quotes/ecdsa256");
        assertThat(explain("ecdsa256", "--pcrs", quote.resolve("pcrs.values"), "--signature", quote.resolve("signature.bin"), "--ak",
                TPM.resolve("device-a/ak-ecc256.pub"), "--log", TPM.resolve("eventlog/firmware.bin"), "--userspace-log",
                TPM.resolve("eventlog/userspace.json-seq"))).as(out + err).isZero();
        assertThat(out).isEqualTo("""
                policy gateway: accepted, image 41, quote signed by the AK
                sha256:0   fine     2a1c07ddd41246564e4e1d7afad1d5768ce864084adf47c8f8258df165aba02f
                sha256:2   fine     3d458cfe55cc03ea1f443f1562beec8df51c75e14a9fcf9a7234a13f198e7969
                sha256:4   fine     ac254453173252320ddf3e775e08fb05eee93fc7a686bb4201fdd09f3fa7fbe7
                sha256:7   fine     7490f1c468133fd5472201ad9aa51750b47f38b6ab2d2b20c6375214a7455bd2
                sha256:9   fine     5a0e7796eb2842d426a1482a211534e558e8d1ec5ba5c743d32d4ff303de31f4
                sha256:11  fine     0829573f8660c809643a7389e057dfb4141c2cfeff92542aeaa6a0185f6fc19d
                """);
        assertThat(explain("ecdsa256", "--log", TPM.resolve("eventlog/firmware.bin"), "--json")).as("by the log alone").isZero();
        assertThat(json().path("accepted").asBoolean()).isTrue();
        assertThat(json().path("verified").asBoolean()).isFalse();
        assertThat(json().path("image").asText()).isEqualTo("image 41");
        assertThat(json().at("/registers/5/pcr").asText()).isEqualTo("sha256:11");
    }

    @Test
    void explainsWhyABootIsRejected() throws IOException {
        Object[] evidence = {
            "--pcrs", TPM.resolve("quotes/after-leave-initrd/pcrs.values"), "--log", TPM.resolve("eventlog/firmware.bin"), "--userspace-log",
            TPM.resolve("eventlog/userspace.json-seq")
        };
        assertThat(explain("after-leave-initrd", evidence)).isEqualTo(1);
        assertThat(out).startsWith("policy gateway: REJECTED, PCR_POLICY, whoever signed the quote\n").endsWith("""
                sha256:9   fine     5a0e7796eb2842d426a1482a211534e558e8d1ec5ba5c743d32d4ff303de31f4
                sha256:11  REJECTED cd18fb02f3641857fa03a19a08339ddf6617c46bd2009376e3d24b2b7478db97
                           expected by image 41: 0829573f8660c809643a7389e057dfb4141c2cfeff92542aeaa6a0185f6fc19d, found \
                cd18fb02f3641857fa03a19a08339ddf6617c46bd2009376e3d24b2b7478db97; it was as expected before phase leave-initrd, which is in no log
                           expected boot phase enter-initrd, found enter-initrd:leave-initrd
                """);
        assertThat(explain("after-leave-initrd", Stream.concat(Stream.of(evidence), Stream.of("--json")).toArray())).isEqualTo(1);
        assertThat(json().path("reason").asText()).isEqualTo("PCR_POLICY");
        assertThat(json().at("/registers/5/findings/1/message").asText()).isEqualTo("expected boot phase enter-initrd, found enter-initrd:leave-initrd");
        assertThat(json().at("/registers/4/findings")).isEmpty();
    }

    /** A log that contradicts itself convinces nobody, wherever it does. */
    @Test
    void explainsEventsOfRegistersThatWereNotQuoted() throws IOException {
        Path policy = Files.writeString(folder.resolve("p.yaml"),
                "name: p\npcrs: sha256:11\nimages: [{version: 1, pcrs: {11: 0829573f8660c809643a7389e057dfb4141c2cfeff92542aeaa6a0185f6fc19d}}]\n");
        Object[] evidence = {
            "explain", "--policy", policy, "--quote", TPM.resolve("quotes/narrow-selection/attest.bin"), "--log",
            TPM.resolve("eventlog/neg-data-not-matching-digest.bin"), "--json"
        };
        assertThat(run(evidence)).as(err).isEqualTo(1);
        assertThat(json().path("reason").asText()).isEqualTo("EVENT_DATA");
        assertThat(json().at("/registers/0/findings")).isEmpty();
        assertThat(json().at("/others/0/path").asText()).isEqualTo("sha256:7");
        assertThat(run(Arrays.copyOf(evidence, evidence.length - 1))).isEqualTo(1);
        assertThat(out).contains("sha256:7   REJECTED event 2 EV_EFI_VARIABLE_DRIVER_CONFIG: expected the hash of its data, ");
    }

    @Test
    void importsFilesOfPcrlock() throws IOException {
        Path file = Files.writeString(folder.resolve("650-uki.pcrlock"),
                "{\"records\":[{\"pcr\":4,\"digests\":[{\"hashAlg\":\"sha256\",\"digest\":\"" + "5a".repeat(32) + "\"}]}]}");
        assertThat(run("learn", "--pcrlock", file, "--name", "edge")).as(err).isZero();
        assertThat(out).isEqualTo("# Proposed from files of systemd-pcrlock: " + file + "\nname: edge\npcrs: sha256:4\nevents:\n  4:\n    - {digest: "
                + "5a".repeat(32) + ", what: \"" + file + "\"}\n");
        Files.writeString(folder.resolve("edge.yaml"), out);
        assertThat(run("lint", folder.resolve("edge.yaml"))).isZero();
        assertThat(run("learn", "--pcrlock", GATEWAY)).isEqualTo(1);
        assertThat(err).contains("that is no file of systemd-pcrlock:\nerror pcrlock.records at ");
        assertThat(run("learn")).isEqualTo(2);
        assertThat(run("learn", "--pcrlock", file, "--profile", "x")).isEqualTo(2);
        assertThat(run("learn", "--pcrlock", file, "--name", "../x")).isEqualTo(2);
        assertThat(run("learn", "--pcrlock", file, "--first", "0")).isEqualTo(2);
    }

    @Test
    void judgesNoEvidenceThatIsNone() {
        assertThat(explain("ecdsa256")).isEqualTo(1);
        assertThat(err).contains("are not those that the log leads to; give them with --pcrs");
        assertThat(explain("ecdsa256", "--log", TPM.resolve("eventlog/other-uki.bin"))).isEqualTo(1);
        assertThat(explain("ecdsa256", "--pcrs", TPM.resolve("quotes/rsassa/pcrs.values"))).isEqualTo(1);
        assertThat(err).contains("does not hold the values that ");
        assertThat(explain("ecdsa256", "--pcrs", TPM.resolve("quotes/ecdsa256/pcrs.values"), "--ak", TPM.resolve("device-b/ak-ecc256.pub"), "--signature",
                TPM.resolve("quotes/ecdsa256/signature.bin"))).isEqualTo(1);
        assertThat(err).contains("does not convince: ").contains("did not sign this");
        assertThat(explain("neg-certify-as-quote", "--pcrs", TPM.resolve("quotes/ecdsa256/pcrs.values"))).isEqualTo(1);
        assertThat(err).contains("neg-certify-as-quote/attest.bin: TPMS_ATTEST of ");
        assertThat(run("explain", "--policy", GATEWAY)).isEqualTo(2);
    }
}
