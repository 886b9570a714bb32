package dev.slipway.cli;

import dev.slipway.fdo.kex.CipherSuite;
import dev.slipway.fdo.kex.KexSuite;
import dev.slipway.fdo.type.KeyType;
import dev.slipway.simulator.VirtualDevice;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What kind of virtual devices. */
final class DeviceOptions {

    /** Names of key types as go-fdo-client has them. */
    enum Key {
        ec256,
        ec384
    }

    @Option(names = "--key", defaultValue = "ec256", description = "device key: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    private Key key;

    @Option(names = "--kex", description = "key exchange: ${COMPLETION-CANDIDATES} (default: the one of the key's strength)")
    private Optional<KexSuite> kex;

    @Option(names = "--cipher", description = "cipher: ${COMPLETION-CANDIDATES} (default: the one of the key's strength)")
    private Optional<CipherSuite> cipher;

    VirtualDevice.Model model() {
        boolean small = key == Key.ec256;
        return new VirtualDevice.Model(
                small ? KeyType.SECP256R1 : KeyType.SECP384R1,
                kex.orElse(small ? KexSuite.ECDH256 : KexSuite.ECDH384),
                cipher.orElse(small ? CipherSuite.A128GCM : CipherSuite.A256GCM),
                "virtual");
    }
}
