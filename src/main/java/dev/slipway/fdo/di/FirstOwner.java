package dev.slipway.fdo.di;

import dev.slipway.fdo.type.PublicKey;
import java.util.List;

/** Whom the vouchers of new devices are extended to. */
public sealed interface FirstOwner {

    /** Our own owner service: the key of the manufacturer key's type. */
    record Ourselves() implements FirstOwner {}

    /** @param keys his, one of each type that he has; at least one */
    record Other(List<PublicKey> keys) implements FirstOwner {}

    /** Nobody: vouchers are held, without an entry, until somebody extends them. */
    record Nobody() implements FirstOwner {}
}
