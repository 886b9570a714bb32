package dev.slipway.it;

import dev.slipway.bytes.Bytes;
import dev.slipway.cbor.CborItem;
import dev.slipway.fdo.voucher.VoucherPem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/** The key that a voucher begins with, PEM. */
final class ManufacturerKey {

    private ManufacturerKey() {}

    static String pem(Path voucher) throws IOException {
        Bytes encoded = VoucherPem.split(Bytes.owning(Files.readAllBytes(voucher))).get(0);
        CborItem header = CborItem.decode(encoded).array(5).get(1).embedded();
        byte[] spki = header.array(6).get(4).array(3).get(2).byteString().toArray();
        return "-----BEGIN PUBLIC KEY-----\n" + Base64.getMimeEncoder().encodeToString(spki) + "\n-----END PUBLIC KEY-----\n";
    }
}
