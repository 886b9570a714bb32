package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A machine in emulation (QEMU, without hardware's help), with a software TPM and what {@code src/test/vm/build.sh} made. On its network is the
 * service, at {@value #ADDRESS}, and nothing else. It writes to no disk that it has: the next boot finds everything as it was.
 */
final class VirtualMachine implements AutoCloseable {

    /** What its image knows the service by. */
    static final String ADDRESS = "10.0.2.100";
    static final int PORT = 8443;

    private static final Path IMAGES = Commands.baseFolder().resolve("target/vm");
    private static final Path FIRMWARE = Path.of("/usr/share/OVMF");
    /** Several times what a boot takes where nothing else runs. */
    private static final int SECONDS = 240;
    private static final int END_SECONDS = 10;

    /** How it boots. */
    enum Boot {
        /** No disk has a say: QEMU hands the kernel over. */
        KERNEL,
        /** From the disk, whoever signed what is on it. */
        UEFI,
        /** From the disk, if what is on it was signed with the key of the tests. */
        SECURE_BOOT
    }

    private final Process tpm;
    private final Process process;
    private final Path serial;
    /** What QEMU itself has to say. */
    private final Path messages;

    private VirtualMachine(Process tpm, Process process, Path serial, Path messages) {
        this.tpm = tpm;
        this.process = process;
        this.serial = serial;
        this.messages = messages;
    }

    /**
     * @param folder of a software TPM that is switched off, with a path short enough for a socket
     * @param image of those that were built
     */
    static VirtualMachine start(Path folder, RunningService service, Boot boot, String image) {
        try {
            Path serial = Files.createTempFile(folder, "serial", ".log");
            Path messages = folder.resolve("qemu.log");
            Path socket = folder.resolve("vm.tpm");
            Process tpm = bounded(folder.resolve("swtpm.vm.log"), List.of("swtpm", "socket", "--tpm2", "--terminate",
                    "--tpmstate", "dir=" + folder.resolve("state"), "--ctrl", "type=unixio,path=" + socket));
            for (int i = 0; i < 100 && !Files.exists(socket); i++) {
                RunningService.pause(50);
            }
            List<String> machine = new ArrayList<>(List.of("qemu-system-x86_64"));
            machine.addAll(hardware(socket, service, serial));
            machine.addAll(system(folder, boot, image));
            Process process = bounded(messages, machine);
            return new VirtualMachine(tpm, process, serial, messages);
        } catch (IOException e) {
            throw new UncheckedIOException("a virtual machine cannot be started; ./slipway test installs what it takes", e);
        }
    }

    /** Whatever becomes of the test, it ends. */
    private static Process bounded(Path log, List<String> program) throws IOException {
        List<String> command = new ArrayList<>(List.of("timeout", "--kill-after=5", Integer.toString(SECONDS)));
        command.addAll(program);
        return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    }

    private static List<String> hardware(Path tpm, RunningService service, Path serial) {
        return List.of(
                "-nodefaults", "-no-user-config", "-display", "none", "-no-reboot", "-accel", "tcg", "-cpu", "max", "-smp", "1", "-m", "1024",
                "-chardev", "socket,id=tpm,path=" + tpm, "-tpmdev", "emulator,id=tpm0,chardev=tpm", "-device", "tpm-crb,tpmdev=tpm0",
                "-netdev", "user,id=net0,restrict=on,guestfwd=tcp:" + ADDRESS + ":" + PORT + "-cmd:busybox nc 127.0.0.1 " + service.tlsPort(),
                "-device", "virtio-net-pci,netdev=net0,romfile=",
                "-object", "rng-random,id=rng0,filename=/dev/urandom", "-device", "virtio-rng-pci,rng=rng0",
                "-device", "virtio-blk-pci,drive=disk0", "-chardev", "file,id=serial0,path=" + serial, "-serial", "chardev:serial0");
    }

    private static List<String> system(Path folder, Boot boot, String image) throws IOException {
        return switch (boot) {
            case KERNEL -> List.of("-machine", "q35", "-drive", disk("root"), "-kernel", IMAGES.resolve("vmlinuz").toString(),
                    "-initrd", IMAGES.resolve("initrd").toString(), "-append", Files.readString(IMAGES.resolve(image + ".cmdline")));
            case UEFI -> firmware(folder, "OVMF_VARS_4M.fd", image);
            case SECURE_BOOT -> firmware(folder, "OVMF_VARS_4M.snakeoil.fd", image);
        };
    }

    private static String disk(String name) {
        return "if=none,id=disk0,format=raw,snapshot=on,cache=unsafe,file=" + IMAGES.resolve(name + ".img");
    }

    /** One program whatever it checks. Its variables are at each boot as they were made: with keys, or without. */
    private static List<String> firmware(Path folder, String variables, String image) throws IOException {
        Path copy = Files.copy(FIRMWARE.resolve(variables), folder.resolve("vars.fd"), StandardCopyOption.REPLACE_EXISTING);
        return List.of("-machine", "q35,smm=on", "-global", "driver=cfi.pflash01,property=secure,value=on",
                "-drive", "if=pflash,unit=0,format=raw,readonly=on,file=" + FIRMWARE.resolve("OVMF_CODE_4M.secboot.fd"),
                "-drive", "if=pflash,unit=1,format=raw,file=" + copy, "-drive", disk(image));
    }

    /** What it wrote to its console up to now. */
    String console() {
        return read(serial);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until it says something; if it never does, until its time is over. */
    void await(String said) {
        while (!console().contains(said)) {
            if (!process.isAlive() && !console().contains(said)) {
                throw new AssertionError("the machine ended without saying '" + said + "':\n" + console() + read(messages));
            }
            RunningService.pause(100);
        }
    }

    /** Waits until it switches itself off. */
    String awaitEnd() {
        try {
            int exitCode = process.waitFor();
            assertThat(exitCode).as("124: it did not end within %d s:\n%s%s", SECONDS, console(), read(messages)).isZero();
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
        return console();
    }

    /** Pulls the plug; the TPM ends with its machine. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS) || !tpm.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                tpm.destroy();
                throw new AssertionError("the machine cannot be switched off:\n" + read(messages));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
