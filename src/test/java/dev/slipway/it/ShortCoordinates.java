package dev.slipway.it;

import dev.slipway.bytes.Bytes;
import dev.slipway.fdo.VoucherFixture;
import dev.slipway.fdo.type.RandomSource;
import java.security.interfaces.ECPublicKey;

/** Key exchange messages as clients write them that treat coordinates as numbers. */
final class ShortCoordinates {

    private ShortCoordinates() {}

    /** @param signOctets whether a 00 stands before each coordinate; if not, x is one that begins with 00, and is written without */
    static Bytes xb(boolean signOctets, RandomSource random) {
        for (int i = 0; i < 100_000; i++) {
            ECPublicKey key = (ECPublicKey) VoucherFixture.key("secp256r1").getPublic();
            Bytes x = number(key.getW().getAffineX().toByteArray(), signOctets);
            Bytes y = number(key.getW().getAffineY().toByteArray(), signOctets);
            if (signOctets || x.length() < 32) {
                return Bytes.concat(part(x), part(y), part(random.next(16)));
            }
        }
        throw new AssertionError("no x begins with 00");
    }

    private static Bytes number(byte[] withSign, boolean signOctet) {
        Bytes number = Bytes.owning(withSign);
        Bytes bare = number.at(0) == 0 ? number.slice(1, number.length()) : number;
        return signOctet ? Bytes.concat(Bytes.of((byte) 0), bare) : bare;
    }

    private static Bytes part(Bytes content) {
        return Bytes.concat(Bytes.of((byte) 0, (byte) content.length()), content);
    }
}
