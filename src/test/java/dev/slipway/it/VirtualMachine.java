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

    private VirtualMachine(Process tpm, Process process, Path serial) {
        this.tpm = tpm;
        this.process = process;
        this.serial = serial;
    }

    /**
     * @param folder of a software TPM that is switched off, with a path short enough for a socket
     * @param image of those that were built
     */
    static VirtualMachine start(Path folder, RunningService service, Boot boot, String image) {
        try {
            Path serial = Files.createTempFile(folder, "serial", ".log");
            Path socket = folder.resolve("vm.tpm");
            Process tpm = process(folder, "swtpm.vm.log", List.of(
                    "swtpm", "socket", "--tpm2", "--tpmstate", "dir=" + folder.resolve("state"), "--ctrl", "type=unixio,path=" + socket, "--terminate"));
            for (int i = 0; i < 100 && !Files.exists(socket); i++) {
                RunningService.pause(50);
            }
            List<String> command = new ArrayList<>(List.of("timeout", "--kill-after=5", Integer.toString(SECONDS), "qemu-system-x86_64"));
            command.addAll(hardware(socket, service, serial));
            command.addAll(system(folder, boot, image));
            return new VirtualMachine(tpm, process(folder, "qemu.log", command), serial);
        } catch (IOException e) {
            throw new UncheckedIOException("a virtual machine cannot be started; ./slipway test installs what it takes", e);
        }
    }

    private static Process process(Path folder, String log, List<String> command) throws IOException {
        return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(folder.resolve(log).toFile()).start();
    }

    private static List<String> hardware(Path tpm, RunningService service, Path serial) {
        return List.of(
                "-nodefaults", "-no-user-config", "-display", "none", "-no-reboot", "-accel", "tcg,thread=multi", "-cpu", "max", "-smp", "2", "-m", "1024",
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
        try {
            return Files.readString(serial, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until it says something; if it never does, until its time is over. */
    void await(String said) {
        while (!console().contains(said)) {
            if (!process.isAlive() && !console().contains(said)) {
                throw new AssertionError("the machine ended without saying '" + said + "':\n" + console());
            }
            RunningService.pause(100);
        }
    }

    /** Waits until it switches itself off. */
    String awaitEnd() {
        try {
            assertThat(process.waitFor()).as("it did not end within " + SECONDS + " s:\n" + console()).isZero();
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
        return console();
    }

    /** Pulls the plug. */
    @Override
    public void close() {
        process.destroy();
        try {
            // The TPM ends with its machine.
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS) || !tpm.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                tpm.destroyForcibly();
                throw new AssertionError("the machine cannot be switched off");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
