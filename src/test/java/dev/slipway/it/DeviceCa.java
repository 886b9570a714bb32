package dev.slipway.it;

import dev.slipway.bytes.Bytes;
import dev.slipway.cbor.CborItem;
import dev.slipway.fdo.voucher.VoucherPem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;

/** The last certificate of a voucher's device chain, as a file. */
final class DeviceCa {

    private DeviceCa() {}

    static Path of(Path voucher, Path folder) {
        try {
            Bytes encoded = VoucherPem.split(Bytes.owning(Files.readAllBytes(voucher))).get(0);
            List<CborItem> chain = CborItem.decode(encoded).array(5).get(3).array(1, 10);
            String body = Base64.getMimeEncoder().encodeToString(chain.get(chain.size() - 1).byteString().toArray());
            return Files.writeString(folder.resolve("device-ca.pem"), "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
