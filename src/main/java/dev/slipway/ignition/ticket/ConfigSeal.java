package dev.slipway.ignition.ticket;

import dev.slipway.bytes.Bytes;
import dev.slipway.bytes.SecretBytes;

/** Encrypts what is not to be read in storage, under a key that is not there. */
public interface ConfigSeal {

    /** @param context what it belongs to; it opens with the same only */
    Bytes seal(SecretBytes clear, Bytes context);

    /** @throws dev.slipway.failure.Failure.Internal if it was not sealed under this key and context, or was changed */
    SecretBytes open(Bytes sealed, Bytes context);
}
