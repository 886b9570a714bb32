package dev.slipway.ops;

import dev.slipway.fdo.type.RandomSource;
import dev.slipway.keystore.FileConfigSeal;
import dev.slipway.keystore.FileDeviceCa;
import dev.slipway.keystore.FileKeys;
import dev.slipway.keystore.KeyFolder;
import dev.slipway.keystore.OwnerKeyFiles;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/** All keys of an installation, made on first start. */
record KeyRing(FileKeys manufacturer, OwnerKeyFiles owner, FileDeviceCa deviceCa, FileConfigSeal configSeal) {

    static final String FOLDER = "keys";

    static KeyFolder folder(Path data, Optional<Path> passphraseFile, RandomSource random, Clock clock) {
        return KeyFolder.open(data.resolve(FOLDER), passphraseFile, random, clock);
    }

    static KeyRing of(KeyFolder folder, RandomSource random) {
        return new KeyRing(
                FileKeys.of(folder, "manufacturer"), OwnerKeyFiles.of(folder), FileDeviceCa.of(folder), FileConfigSeal.of(folder, random));
    }
}
