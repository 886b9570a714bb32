package dev.slipway.cli;

import dev.slipway.bytes.Bytes;
import dev.slipway.fdo.type.SubjectPublicKeyInfo;
import dev.slipway.simulator.DeviceKey;
import dev.slipway.tpm.TpmHash;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.DefaultSignatureAlgorithmIdentifierFinder;

/** A TPM in software (swtpm), with an EK certificate of a vendor that was made up for it, and the programs by which devices use theirs. */
final class DemoTpm implements AutoCloseable {

    private static final List<String> PROGRAMS = List.of("swtpm", "swtpm_setup", "swtpm_localca", "tpm2_createprimary", "tpm2_sign", "curl");
    private static final int SECONDS = 60;
    /** The template of go-fdo-client: the key comes out the same each time. */
    private static final List<String> DEVICE_KEY = List.of(
            "tpm2_createprimary", "-C", "e", "-g", "sha256", "-G", "ecc256:ecdsa-sha256:null", "-a",
            "fixedtpm|fixedparent|sensitivedataorigin|userwithauth|sign", "-c", "device.ctx");

    private final Path folder;
    private Process process;

    private DemoTpm(Path folder) {
        this.folder = folder;
    }

    /** What has to be installed first; empty if all is there. */
    static List<String> missingPrograms() {
        return PROGRAMS.stream().filter(program -> find(program).isEmpty()).toList();
    }

    /** Makes one, and switches it on. */
    static DemoTpm make(Path folder) throws IOException {
        DemoTpm tpm = new DemoTpm(folder);
        Path vendor = Files.createDirectory(folder.resolve("vendor"));
        Path state = Files.createDirectory(folder.resolve("state"));
        Path ca = Files.writeString(folder.resolve("ca.conf"), String.join("\n",
                "statedir = " + vendor, "signingkey = " + vendor.resolve("key.pem"), "issuercert = " + vendor.resolve("issuer.pem"),
                "certserial = " + vendor.resolve("serial"), ""));
        Path options = Files.writeString(folder.resolve("ca.options"), "--platform-manufacturer Demo\n--platform-version 1\n--platform-model Demo\n");
        Path setup = Files.writeString(folder.resolve("setup.conf"), String.join("\n",
                "create_certs_tool = " + find("swtpm_localca").orElseThrow(), "create_certs_tool_config = " + ca, "create_certs_tool_options = " + options, ""));
        tpm.run(Map.of(), List.of("swtpm_setup", "--tpm2", "--tpm-state", state.toString(), "--config", setup.toString(), "--create-ek-cert"));
        tpm.switchOn();
        return tpm;
    }

    private static Optional<Path> find(String program) {
        String folders = System.getenv().getOrDefault("PATH", "");
        return Stream.of(folders.split(File.pathSeparator)).map(folder -> Path.of(folder, program)).filter(Files::isExecutable).findFirst();
    }

    Path folder() {
        return folder;
    }

    /** Those of the vendor, PEM. */
    byte[] vendorCertificates() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("vendor"))) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            for (Path file : files.filter(path -> path.toString().endsWith("cert.pem") || path.endsWith("issuer.pem")).sorted().toList()) {
                all.writeBytes(Files.readAllBytes(file));
            }
            return all.toByteArray();
        }
    }

    private void switchOn() throws IOException {
        Path control = folder.resolve("tpm.ctrl");
        Files.deleteIfExists(control);
        process = new ProcessBuilder(
                        "swtpm", "socket", "--tpm2", "--tpmstate", "dir=" + folder.resolve("state"), "--server", "type=unixio,path=" + folder.resolve("tpm"),
                        "--ctrl", "type=unixio,path=" + control, "--flags", "not-need-init,startup-clear")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("swtpm.log").toFile())
                .start();
        for (int i = 0; i < 100 && process.isAlive() && !Files.exists(control); i++) {
            pause();
        }
        if (!process.isAlive()) {
            throw new CommandFailed("swtpm did not start: " + Files.readString(folder.resolve("swtpm.log")).strip());
        }
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailed("interrupted");
        }
    }

    /** Switches the machine off and on: its registers are empty, and then extended by what firmware and boot loader would measure. */
    void boot() throws IOException {
        close();
        switchOn();
        for (int pcr : new int[] {0, 2, 4, 7, 9, 11}) {
            Bytes measured = TpmHash.TPM_ALG_SHA256.digest(Bytes.owning(("what goes into PCR " + pcr).getBytes(StandardCharsets.US_ASCII)));
            run(List.of("tpm2_pcrextend", pcr + ":sha256=" + measured));
        }
    }

    /** A certificate request of the device key, PKCS#10, which the TPM signs. */
    Bytes certificateRequest() throws IOException {
        run(DEVICE_KEY);
        run(List.of("tpm2_flushcontext", "-t"));
        run(List.of("tpm2_readpublic", "-c", "device.ctx", "-f", "der", "-o", "device.der"));
        return DeviceKey.certificateRequest(SubjectPublicKeyInfo.decode(read("device.der")), new TpmSigner());
    }

    private Bytes read(String file) throws IOException {
        return Bytes.owning(Files.readAllBytes(folder.resolve(file)));
    }

    /** What it printed. */
    String run(List<String> command) {
        return run(Map.of("TPM2TOOLS_TCTI", "swtpm:path=" + folder.resolve("tpm")), command);
    }

    String run(Map<String, String> environment, List<String> command) {
        try {
            Path output = folder.resolve("output");
            ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).redirectOutput(output.toFile());
            builder.environment().putAll(environment);
            Process program = builder.start();
            if (!program.waitFor(SECONDS, TimeUnit.SECONDS)) {
                program.destroyForcibly();
                throw new CommandFailed(command.getFirst() + " did not end within " + SECONDS + " s");
            }
            String printed = Files.readString(output);
            if (program.exitValue() != 0) {
                throw new CommandFailed(command.getFirst() + " failed: " + printed.strip());
            }
            return printed;
        } catch (IOException e) {
            throw new UncheckedIOException(command.getFirst() + " cannot be run", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailed("interrupted");
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Has the TPM sign, by the device key. */
    private final class TpmSigner implements ContentSigner {

        private final ByteArrayOutputStream content = new ByteArrayOutputStream();

        @Override
        public AlgorithmIdentifier getAlgorithmIdentifier() {
            return new DefaultSignatureAlgorithmIdentifierFinder().find("SHA256withECDSA");
        }

        @Override
        public OutputStream getOutputStream() {
            return content;
        }

        @Override
        public byte[] getSignature() {
            try {
                Files.write(folder.resolve("content"), content.toByteArray());
                run(List.of("tpm2_sign", "-c", "device.ctx", "-g", "sha256", "-s", "ecdsa", "-f", "plain", "-o", "signature", "content"));
                return Files.readAllBytes(folder.resolve("signature"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
