package dev.slipway.it;

import dev.slipway.bytes.Bytes;
import dev.slipway.cbor.CborItem;
import dev.slipway.cbor.CborWriter;
import dev.slipway.fdo.voucher.VoucherPem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A voucher as it was before its last entry was added. */
final class ShorterVoucher {

    private ShorterVoucher() {}

    static byte[] of(Path pem) throws IOException {
        Bytes whole = VoucherPem.split(Bytes.owning(Files.readAllBytes(pem))).get(0);
        List<CborItem> parts = CborItem.decode(whole).array(5);
        List<CborItem> entries = parts.get(4).array(1, 255);
        CborWriter shorter = new CborWriter().array(5);
        parts.subList(0, 4).forEach(part -> shorter.raw(part.bytes()));
        shorter.array(entries.size() - 1);
        entries.subList(0, entries.size() - 1).forEach(entry -> shorter.raw(entry.bytes()));
        return shorter.toBytes().toArray();
    }
}
