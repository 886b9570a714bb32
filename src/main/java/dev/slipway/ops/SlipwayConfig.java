package dev.slipway.ops;

import dev.slipway.attestation.EkPolicy;
import dev.slipway.fdo.key.TpmPolicy;
import dev.slipway.fdo.rendezvous.RegistrationPolicy;
import dev.slipway.fdo.voucher.TrustPolicy;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Settings, all beginning with {@code slipway}. A name that is not here is refused at start. */
@ConfigMapping(prefix = "slipway")
public interface SlipwayConfig {

    /** The data folder: database, keys, parameters. Made on first start, for the owner's eyes only. */
    Path data();

    /** Where the program stands; {@code config-templates} is looked for there. */
    Path home();

    /** What devices are told to call. Must be reachable from where they are; a wrong one leaves devices without an owner. */
    URI publicUrl();

    /** What a device gets to which no group and no operator gives a profile: a folder's name below {@link #profiles()}; {@code none}: it waits. */
    String profile();

    /** The folder of profiles; default: {@code config-templates} where the program stands. */
    Optional<Path> profiles();

    /** What this service is: any of {@code manufacturer}, {@code rendezvous}, {@code owner}. Messages of other roles are refused. */
    @WithDefault("manufacturer,rendezvous,owner")
    Set<Role> roles();

    Trust trust();

    Manufacturer manufacturer();

    Rendezvous rendezvous();

    Owner owner();

    Ignition ignition();

    Keys keys();

    Tpm tpm();

    Limits limits();

    Retention retention();

    interface Manufacturer {

        /** Networks beside this machine from which devices may be initialised, as CIDR. Whoever can do that gets a config with its secrets. */
        Optional<List<String>> networks();

        /** Type of the manufacturer and owner keys of new vouchers: {@code device} (as the device's own key), {@code ec256}, {@code ec384}. */
        @WithDefault("device")
        String keyType();

        /**
         * What is asked of the keys of devices that are initialised, where their station says nothing else: {@code none}; {@code prefer} says in
         * the certificates of those that were enrolled that they are in a TPM; {@code require} certifies no others.
         */
        @WithDefault("none")
        TpmPolicy tpm();

        /**
         * Whether the first entry of a voucher carries by what a device's key was proven to be in a TPM, so that each owner can judge himself.
         * The certificate of the TPM is among it, and so known to all owners.
         */
        @WithDefault("false")
        boolean tpmEvidence();

        /**
         * Whom new vouchers are extended to: a PEM file with his public keys or certificates, one for each type of key; default: the owner
         * service here, or nobody where there is none.
         */
        Optional<Path> nextOwner();
    }

    interface Trust {

        /** Device certificates that have expired: {@code enforce} refuses their vouchers, {@code record} takes note. */
        @WithDefault("enforce")
        Dates dates();

        Imported imported();

        Registered registered();

        /** Vouchers that admins upload. */
        interface Imported {

            /** When no listed authority certified the device's key: {@code strict} refuses, {@code record} takes it, shown as untrusted. */
            @WithDefault("record")
            TrustPolicy.Mode deviceCa();

            /** The same for a manufacturer's key that is not listed. */
            @WithDefault("record")
            TrustPolicy.Mode manufacturer();

            /** The same for a device's key that nobody who is believed has seen in a TPM; with {@code record} its voucher is trusted all the same. */
            @WithDefault("record")
            TrustPolicy.Mode tpm();
        }

        /** Vouchers that other owners show to the rendezvous service; see {@link Rendezvous#accept()} for the owners themselves. */
        interface Registered {

            /** As for imported ones. */
            @WithDefault("record")
            TrustPolicy.Mode deviceCa();
        }

        /** Strictness about dates. */
        enum Dates {
            ENFORCE,
            RECORD
        }
    }

    interface Rendezvous {

        /** Whose registrations are taken: {@code any}, those of {@code manufacturers} that are listed, of {@code owners} that are listed. */
        @WithDefault("any")
        RegistrationPolicy.Accept accept();

        /** Rendezvous servers that new devices are given, in this order; default: the public URL. */
        Optional<List<URI>> urls();

        /**
         * The same in full, in the words of the standard, one directive each, for instance
         * {@code dns=rv.example dev-port=443 owner-port=443 protocol=https delaysec=60}; takes the place of the URLs.
         */
        Optional<List<String>> directives();

        /** How long a registration is kept at most. */
        @WithDefault("P30D")
        Duration maxWait();
    }

    interface Owner {

        /** Where devices find their owner; default: the public URL. */
        Optional<List<URI>> urls();

        /** The same in full, for instance {@code dns=owner.example ip=192.0.2.1 port=443 protocol=https}; takes the place of the URLs. */
        Optional<List<String>> addresses();

        /** How long other rendezvous servers are asked to keep a registration; it is renewed at half time. */
        @WithDefault("P30D")
        Duration registrationTime();

        /** How many registrations are done at once with one rendezvous server. */
        @WithDefault("32")
        int registrationsAtOnce();

        /**
         * Whose certificates are believed when registering over HTTPS: {@code system}, a PEM file, or {@code any}: FDO protects registrations
         * by itself, but with {@code any} whoever sits between learns which devices there are.
         */
        @WithDefault("system")
        String rendezvousTls();
    }

    interface Ignition {

        /**
         * Where devices fetch their configs; default: the public URL, by HTTPS. Tickets are good for what was named when they were minted: a
         * device with a ticket for another URL is refused.
         */
        Optional<URI> url();

        /** How long a config that was given out is given out again. A machine that needs longer to its completion report cannot fetch it again. */
        @WithDefault("PT1H")
        Duration lease();
    }

    interface Keys {

        /** Where the passphrase of the key files is kept, where not beside them. */
        Optional<Path> passphraseFile();
    }

    /** Whose TPMs are believed, beside what {@code ./slipway trust add tpm-ca} and {@code tpm-ek} list. */
    interface Tpm {

        /** EK certificates that have expired: a TPM cannot renew its own, so by default that is noted, and not refused. */
        @WithDefault("note")
        EkPolicy.Mode expired();

        /** EK certificates that do not say what they are for. */
        @WithDefault("refuse")
        EkPolicy.Mode withoutUsage();

        /** TPMs without an EK certificate: {@code pinned} takes those whose EK is listed, {@code refuse} none. */
        @WithDefault("pinned")
        Uncertified uncertified();

        /** The number under which vouchers carry evidence of that, beside their first change of owner. FDO leaves those below -65536 to us. */
        @WithDefault("-70001")
        long evidenceLabel();

        /** How long a challenge waits for its answer; TPMs take up to two seconds for each credential, and lines wait for people. */
        @WithDefault("PT5M")
        Duration challengeTime();

        /** The registers that devices quote when they boot, in the notation of tools: {@code sha256:0,7+sha384:11}. */
        @WithDefault("sha256:0,2,4,7,9,11")
        String pcrs();

        /** How long a booting device has for its quote. */
        @WithDefault("PT2M")
        Duration quoteTime();

        /** A file of EKs, certificates and firmware that are not believed any more; see the README. Read at start. */
        Optional<Path> denyList();

        /** What becomes of a TPM that no vendor certified. */
        enum Uncertified {
            PINNED,
            REFUSE
        }
    }

    /** How long is kept what nobody needs any more. */
    interface Retention {

        /** Vouchers in whose place their devices got others. Devices, and all GUIDs that they ever had, are kept for good. */
        @WithDefault("P90D")
        Duration retiredVouchers();
    }

    /** Most of everything. What is over a limit is refused, said in the log, and tried again by every client. */
    interface Limits {

        /** Sessions at once. */
        @WithDefault("2048")
        int sessions();

        /** Sessions at once with one address. Behind one address there may be a whole building. */
        @WithDefault("1536")
        int sessionsPerPeer();

        /**
         * Octets of vouchers and configs that sessions keep in memory, after which no other begins. In memory they take several times as much:
         * with a larger number the service needs a larger heap.
         */
        @WithDefault("16777216")
        long sessionOctets();

        /** The same for the sessions of one address. */
        @WithDefault("12582912")
        long sessionOctetsPerPeer();

        /** How long a session waits for its next message. */
        @WithDefault("PT10M")
        Duration sessionIdle();

        /** Last answers that are kept for clients that did not get them. */
        @WithDefault("32768")
        int repeats();

        /** How long they are kept. */
        @WithDefault("PT60S")
        Duration repeatTime();

        /** Refused messages, after which a session ends. */
        @WithDefault("16")
        int refusals();

        /** Messages that are handled at once. */
        @WithDefault("1024")
        int messages();

        /** Messages of one address that are handled at once. */
        @WithDefault("512")
        int messagesPerPeer();

        /** Requests of one device for its config, in a minute. Ignition makes 16 in its first minute of waiting, and 12 in all others. */
        @WithDefault("120")
        int configRequests();

        /** Enrolments of TPMs that wait for their answers at once. */
        @WithDefault("4096")
        int enrollments();

        /** Booting devices that have a challenge and have not answered it, at once; each may have four. */
        @WithDefault("16384")
        int challenges();

        /**
         * Challenges of one address in a minute, for booting devices and enrolments together. Behind one address there may be a whole building:
         * 64 machines that boot at once ask fewer than 400 times in their first minute. It must not fill the places of all others.
         */
        @WithDefault("600")
        int challengesPerPeer();

        /** Octets of one message; clients expect a server to take 65535. */
        @WithDefault("65535")
        int messageOctets();

        /** Octets of one request to the API, but for profiles. */
        @WithDefault("1048576")
        int apiOctets();

        /** Octets of one profile, with all its files. */
        @WithDefault("4294967296")
        long profileOctets();

        /** Levels of CBOR items within each other in one message; 16 at most, and no message has as many. */
        @WithDefault("16")
        int nesting();

        /** Rounds of service info with one device; 65536 are enough for 32 MiB at the default message size. */
        @WithDefault("65536")
        int rounds();

        /** Refused messages of an hour that are noted, in the log and for the auditor; of the others there is no more than their count. */
        @WithDefault("2000")
        int notedRefusals();

        /** The same of one address. */
        @WithDefault("500")
        int notedRefusalsPerPeer();

        /** Entries of a voucher, each one owner more; 255 is the most that FDO can tell a device of. */
        @WithDefault("255")
        int voucherEntries();
    }
}
