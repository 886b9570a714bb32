package dev.slipway.simulator;

import dev.slipway.bytes.Bytes;
import dev.slipway.tpm.TpmHash;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a boot of a virtual machine measured, and its event log: as many events, and as long a log, as firmware leaves that boots a unified
 * kernel image with Secure Boot on.
 *
 * @see "TCG PC Client Platform Firmware Profile, Event Logging"
 */
public final class MeasuredBoot {

    private static final TpmHash BANK = TpmHash.TPM_ALG_SHA256;
    private static final int PCRS = 24;
    private static final int EV_NO_ACTION = 0x03;
    private static final int EV_SEPARATOR = 0x04;
    private static final int EV_IPL = 0x0d;
    private static final int EV_EFI_VARIABLE_DRIVER_CONFIG = 0x80000001;
    private static final int EV_EFI_BOOT_SERVICES_APPLICATION = 0x80000003;
    private static final int EV_EFI_PLATFORM_FIRMWARE_BLOB = 0x80000008;
    private static final int SHA1_OCTETS = 20;
    private static final int MAX_EVENT_OCTETS = 16 * 1024;
    /** Secure Boot's state, and its four lists of keys and hashes. */
    private static final List<Integer> VARIABLE_OCTETS = List.of(53, 845, 1_600, 3_200, 9_000);
    private static final List<String> IMAGE_SECTIONS = List.of(".linux", ".osrel", ".cmdline", ".initrd");

    private final Bytes[] pcrs = new Bytes[PCRS];
    private final List<Bytes> log = new ArrayList<>();

    /** @param image what the boot loader measures of the image: another one is another boot */
    public MeasuredBoot(String image) {
        Arrays.fill(pcrs, Bytes.owning(new byte[BANK.octets()]));
        log.add(specId());
        for (int blob = 0; blob < 4; blob++) {
            extend(0, EV_EFI_PLATFORM_FIRMWARE_BLOB, "firmware volume " + blob);
        }
        VARIABLE_OCTETS.forEach(octets -> extend(7, EV_EFI_VARIABLE_DRIVER_CONFIG, "v".repeat(octets)));
        extend(2, EV_EFI_PLATFORM_FIRMWARE_BLOB, "option ROM");
        for (int pcr = 0; pcr <= 7; pcr++) {
            extend(pcr, EV_SEPARATOR, "\0\0\0\0");
        }
        extend(4, EV_EFI_BOOT_SERVICES_APPLICATION, image);
        for (String section : IMAGE_SECTIONS) {
            extend(11, EV_IPL, section);
            extend(11, EV_IPL, section + " of " + image);
        }
        extend(9, EV_IPL, "command line of " + image);
        extend(9, EV_IPL, "initrd of " + image);
    }

    Bytes pcr(int index) {
        return pcrs[index];
    }

    Bytes log() {
        return Bytes.concat(log.toArray(Bytes[]::new));
    }

    /** The digest is that of the data. */
    private void extend(int pcr, int type, String event) {
        Bytes data = Bytes.owning(event.getBytes(StandardCharsets.US_ASCII));
        Bytes digest = BANK.digest(data);
        pcrs[pcr] = BANK.digest(pcrs[pcr], digest);
        ByteBuffer record = littleEndian().putInt(pcr).putInt(type).putInt(1).putShort((short) BANK.id()).put(digest.toArray());
        log.add(octets(record.putInt(data.length()).put(data.toArray())));
    }

    /** The header, in the older format: one bank follows. */
    private static Bytes specId() {
        byte[] data = octets(littleEndian()
                        .put("Spec ID Event03\0".getBytes(StandardCharsets.US_ASCII))
                        .putInt(0)
                        .put(new byte[] {0, 2, 0, 2})
                        .putInt(1)
                        .putShort((short) BANK.id())
                        .putShort((short) BANK.octets())
                        .put((byte) 0))
                .toArray();
        return octets(littleEndian().putInt(0).putInt(EV_NO_ACTION).put(new byte[SHA1_OCTETS]).putInt(data.length).put(data));
    }

    private static ByteBuffer littleEndian() {
        return ByteBuffer.allocate(MAX_EVENT_OCTETS).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static Bytes octets(ByteBuffer written) {
        return Bytes.owning(Arrays.copyOf(written.array(), written.position()));
    }
}
