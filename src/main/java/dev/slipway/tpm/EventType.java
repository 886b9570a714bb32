package dev.slipway.tpm;

import java.util.Arrays;
import java.util.Optional;

/**
 * Types of events that firmware logs. Nothing vouches for the type of an event: only its digest is extended.
 *
 * @see "TCG PC Client Platform Firmware Profile, Event Types"
 */
public enum EventType {
    EV_POST_CODE(0x00000001),
    /** Tells something, and is extended nowhere. */
    EV_NO_ACTION(0x00000003),
    EV_SEPARATOR(0x00000004, Digest.OF_THE_DATA),
    EV_ACTION(0x00000005),
    EV_EVENT_TAG(0x00000006),
    EV_S_CRTM_CONTENTS(0x00000007),
    EV_S_CRTM_VERSION(0x00000008, Digest.OF_THE_DATA),
    EV_CPU_MICROCODE(0x00000009),
    EV_PLATFORM_CONFIG_FLAGS(0x0000000a),
    EV_TABLE_OF_DEVICES(0x0000000b),
    EV_COMPACT_HASH(0x0000000c),
    EV_IPL(0x0000000d),
    EV_IPL_PARTITION_DATA(0x0000000e),
    EV_NONHOST_CODE(0x0000000f),
    EV_NONHOST_CONFIG(0x00000010),
    EV_NONHOST_INFO(0x00000011),
    EV_OMIT_BOOT_DEVICE_EVENTS(0x00000012),
    EV_EFI_VARIABLE_DRIVER_CONFIG(0x80000001, Digest.OF_THE_DATA),
    EV_EFI_VARIABLE_BOOT(0x80000002),
    /** The digest is the Authenticode hash of the program. */
    EV_EFI_BOOT_SERVICES_APPLICATION(0x80000003),
    EV_EFI_BOOT_SERVICES_DRIVER(0x80000004),
    EV_EFI_RUNTIME_SERVICES_DRIVER(0x80000005),
    EV_EFI_GPT_EVENT(0x80000006, Digest.OF_THE_DATA),
    EV_EFI_ACTION(0x80000007, Digest.OF_THE_DATA),
    EV_EFI_PLATFORM_FIRMWARE_BLOB(0x80000008),
    EV_EFI_HANDOFF_TABLES(0x80000009),
    EV_EFI_PLATFORM_FIRMWARE_BLOB2(0x8000000a),
    EV_EFI_HANDOFF_TABLES2(0x8000000b),
    EV_EFI_VARIABLE_BOOT2(0x8000000c, Digest.OF_THE_DATA),
    EV_EFI_GPT_EVENT2(0x8000000d),
    EV_EFI_HCRTM_EVENT(0x80000010),
    EV_EFI_VARIABLE_AUTHORITY(0x800000e0, Digest.OF_THE_DATA),
    EV_EFI_SPDM_FIRMWARE_BLOB(0x800000e1),
    EV_EFI_SPDM_FIRMWARE_CONFIG(0x800000e2);

    /** What the digest of an event is the hash of. */
    private enum Digest {
        OF_THE_DATA,
        /** Of a program, of a table, or of what the agent chose: the data is a comment. */
        OF_SOMETHING_ELSE
    }

    private final int id;
    private final Digest digest;

    EventType(int id) {
        this(id, Digest.OF_SOMETHING_ELSE);
    }

    EventType(int id, Digest digest) {
        this.id = id;
        this.digest = digest;
    }

    static Optional<EventType> find(long id) {
        return Arrays.stream(values()).filter(type -> Integer.toUnsignedLong(type.id) == id).findFirst();
    }

    /** Whether the digest has to be the hash of the event data, which can be computed again. */
    public boolean hashesItsData() {
        return digest == Digest.OF_THE_DATA;
    }
}
