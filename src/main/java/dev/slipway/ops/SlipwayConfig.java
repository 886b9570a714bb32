package dev.slipway.ops;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Settings, all beginning with {@code slipway}. A name that is not here is refused at start. */
@ConfigMapping(prefix = "slipway")
public interface SlipwayConfig {

    /** The data folder: database, keys, parameters. Made on first start, for the owner's eyes only. */
    Path data();

    /** Where the program stands; {@code config-templates} is looked for there. */
    Path home();

    /** What devices are told to call. Must be reachable from where they are; a wrong one leaves devices without an owner. */
    URI publicUrl();

    /** The profile that every device gets: a folder's name below {@link #profiles()}. */
    String profile();

    /** The folder of profiles; default: {@code config-templates} where the program stands. */
    Optional<Path> profiles();

    Manufacturer manufacturer();

    Rendezvous rendezvous();

    Owner owner();

    Keys keys();

    interface Manufacturer {

        /** Networks beside this machine from which devices may be initialised, as CIDR. Whoever can do that gets a config with its secrets. */
        Optional<List<String>> networks();

        /** Type of the manufacturer and owner keys of new vouchers: {@code device} (as the device's own key), {@code ec256}, {@code ec384}. */
        @WithDefault("device")
        String keyType();
    }

    interface Rendezvous {

        /** Rendezvous servers that new devices are given, in this order; default: the public URL. */
        Optional<List<URI>> urls();

        /** How long a registration is kept at most. */
        @WithDefault("P30D")
        Duration maxWait();
    }

    interface Owner {

        /** Where devices find their owner; default: the public URL. */
        Optional<List<URI>> urls();
    }

    interface Keys {

        /** Where the passphrase of the key files is kept, where not beside them. */
        Optional<Path> passphraseFile();
    }
}
